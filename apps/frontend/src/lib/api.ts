import { type ApiCaller, type ApiResult, callApi } from '@streamus/client/api';
import type { Route, RouteCall, RouteResult } from '@streamus/contracts';

/** Calls a route of this server as the signed-in person, or as a guest when there is a token. */
export function api<const R extends Route>(
  route: R,
  call: RouteCall<R>,
  guestToken: string | null = null,
): Promise<ApiResult<RouteResult<R>>> {
  const caller: ApiCaller = { origin: '', guestToken };
  return callApi(route, call, caller);
}

/** True when the answer means: sign in first. */
export function needsSignIn(result: ApiResult<unknown>): boolean {
  return !result.ok && (result.code === 'not_signed_in' || result.code === 'session_expired');
}
