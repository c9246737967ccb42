import {
  type ErrorCode,
  errorBodySchema,
  type Route,
  type RouteCall,
  type RouteResult,
} from '@streamus/contracts';

export type ApiResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: ErrorCode; readonly fields: Readonly<Record<string, string>> };

/** Where calls go and who makes them. */
export interface ApiCaller {
  /** Origin of the API; empty: the page's own. */
  readonly origin: string;
  /** Guests send this; members have a cookie. */
  readonly guestToken: string | null;
}

/** Path below the origin of a call to `route`. Throws when a path parameter is missing. */
export function routePath(route: Route, params: unknown, query: unknown): string {
  const values = new Map(Object.entries(params ?? {}));
  const path = route.path.replace(/:([a-zA-Z]+)/g, (_, name: string) => {
    const value = values.get(name);
    if (typeof value !== 'string') throw new Error(`Path parameter "${name}" of ${route.path} is missing.`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) search.set(name, String(value));
  }
  return `/api/v1${path}${search.size > 0 ? `?${search}` : ''}`;
}

/**
 * Calls a route. A member's expired access cookie is refreshed once and the call repeated.
 * Failures of the network are `room_unavailable`-like: code `internal`.
 */
export async function callApi<const R extends Route>(
  route: R,
  call: RouteCall<R>,
  caller: ApiCaller = { origin: '', guestToken: null },
): Promise<ApiResult<RouteResult<R>>> {
  let response = await send(route, call, caller);
  if (
    response?.status === 401 &&
    caller.guestToken === null &&
    route.policy.kind !== 'public' &&
    (await renewSession(caller)) === 'renewed'
  ) {
    response = await send(route, call, caller);
  }
  if (response === null) return { ok: false, code: 'internal', fields: {} };
  if (!response.ok) {
    const body = errorBodySchema.safeParse(await response.json().catch(() => null));
    return body.success
      ? { ok: false, code: body.data.error.code, fields: body.data.error.fields ?? {} }
      : { ok: false, code: 'internal', fields: {} };
  }
  if (route.response.kind !== 'json') return { ok: true, value: undefined as RouteResult<R> };
  const value = route.response.schema.safeParse(await response.json().catch(() => null));
  return value.success
    ? { ok: true, value: value.data as RouteResult<R> }
    : { ok: false, code: 'internal', fields: {} };
}

async function send<R extends Route>(
  route: R,
  call: RouteCall<R>,
  caller: ApiCaller,
): Promise<Response | null> {
  const body: unknown = call.body;
  const headers = new Headers();
  if (caller.guestToken !== null) headers.set('authorization', `Bearer ${caller.guestToken}`);
  if (route.body !== null) {
    headers.set('content-type', route.body.kind === 'json' ? 'application/json' : 'application/octet-stream');
  }
  const init: RequestInit = { method: route.method, headers, credentials: 'same-origin' };
  if (route.body?.kind === 'json') init.body = JSON.stringify(body);
  if (route.body?.kind === 'binary' && body instanceof Uint8Array) init.body = body.slice();
  try {
    return await fetch(caller.origin + routePath(route, call.params, call.query), init);
  } catch {
    return null;
  }
}

/** `ended`: the person has to sign in again. `unreachable`: nobody answered; the session may well be good. */
export type Renewal = 'renewed' | 'ended' | 'unreachable';

let renewing: Promise<Renewal> | null = null;

/**
 * Makes the access cookie good again. One renewal at a time, over all tabs of this browser: a second use of the same
 * refresh cookie would end the session.
 */
export function renewSession(caller: ApiCaller): Promise<Renewal> {
  const request = (method: 'GET' | 'POST', path: string): Promise<Renewal> =>
    fetch(`${caller.origin}/api/v1/auth/${path}`, { method, credentials: 'same-origin' }).then(
      ({ ok, status }) => (ok ? 'renewed' : status === 401 ? 'ended' : 'unreachable'),
      () => 'unreachable',
    );
  // Another tab may have renewed while this one waited for the lock.
  const work = async () =>
    (await request('GET', 'me')) === 'renewed' ? 'renewed' : request('POST', 'refresh');
  renewing ??= (
    'locks' in navigator ? navigator.locks.request('streamus-refresh', work) : request('POST', 'refresh')
  ).finally(() => {
    renewing = null;
  });
  return renewing;
}
