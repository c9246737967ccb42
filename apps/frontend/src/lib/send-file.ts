import { type ApiResult, routePath } from '@streamus/client/api';
import { errorBodySchema, type Route, type RouteCall, type RouteResult, routes } from '@streamus/contracts';
import { api } from './api.ts';

export interface SendFileOptions {
  /** Null for members, who have a cookie. */
  readonly guestToken: string | null;
  /** How much of the file has left, 0..1. At 1 the server works on it. */
  readonly onProgress: (share: number) => void;
  readonly signal?: AbortSignal;
}

type BinaryRoute = Route & { readonly body: { readonly kind: 'binary' } };
type Answer = { readonly status: number; readonly body: unknown };

/** Uploads a file to a route as raw bytes. A member's expired session is renewed once and the file sent again. */
export async function sendFile<const R extends BinaryRoute>(
  route: R,
  call: Pick<RouteCall<R>, 'params' | 'query'>,
  file: Blob,
  options: SendFileOptions,
): Promise<ApiResult<RouteResult<R>>> {
  const path = routePath(route, call.params, call.query);
  let answer = await send(route.method, path, file, options);
  if (answer?.status === 401 && options.guestToken === null && (await api(routes.me, {})).ok) {
    answer = await send(route.method, path, file, options);
  }
  if (answer === null) return { ok: false, code: 'internal', fields: {} };
  if (answer.status >= 400) {
    const body = errorBodySchema.safeParse(answer.body);
    return body.success
      ? { ok: false, code: body.data.error.code, fields: body.data.error.fields ?? {} }
      : { ok: false, code: 'internal', fields: {} };
  }
  const value = route.response.kind === 'json' ? route.response.schema.safeParse(answer.body) : null;
  return value?.success
    ? { ok: true, value: value.data as RouteResult<R> }
    : { ok: false, code: 'internal', fields: {} };
}

/** `fetch` cannot say how much of a body has left; this can. Null: the network failed, or it was called off. */
function send(method: string, path: string, file: Blob, options: SendFileOptions): Promise<Answer | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open(method, path);
    request.setRequestHeader('content-type', 'application/octet-stream');
    if (options.guestToken !== null) {
      request.setRequestHeader('authorization', `Bearer ${options.guestToken}`);
    }
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      if (total > 0) options.onProgress(Math.min(loaded / total, 0.99));
    });
    request.upload.addEventListener('load', () => options.onProgress(1));
    request.addEventListener('load', () => resolve({ status: request.status, body: jsonOf(request) }));
    for (const event of ['error', 'abort', 'timeout']) request.addEventListener(event, () => resolve(null));
    options.signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

function jsonOf({ responseText }: XMLHttpRequest): unknown {
  try {
    return JSON.parse(responseText);
  } catch {
    return null;
  }
}
