import { type ApiResult, routePath } from '@streamus/client/api';
import { errorBodySchema, routes } from '@streamus/contracts';
import { api } from '@/lib/api.ts';

export interface FetchOptions {
  readonly guestToken: string | null;
  /** Bytes so far: how many there will be is not known before the server has packed all of them. */
  readonly onProgress: (bytes: number) => void;
  readonly signal: AbortSignal;
}

/** An exported kit. Fetched rather than linked to, so that a refusal can be said in words. */
export async function fetchKitFile(
  params: { studioId: string; kitId: string },
  options: FetchOptions,
): Promise<ApiResult<Blob>> {
  const path = routePath(routes.exportBrandKit, params, null);
  const headers = new Headers();
  if (options.guestToken !== null) headers.set('authorization', `Bearer ${options.guestToken}`);
  const ask = () => fetch(path, { headers, credentials: 'same-origin', signal: options.signal });
  try {
    let response = await ask();
    if (response.status === 401 && options.guestToken === null && (await api(routes.me, {})).ok) {
      response = await ask();
    }
    if (response.ok) return { ok: true, value: await readBody(response, options.onProgress) };
    const body = errorBodySchema.safeParse(await response.json());
    if (body.success) return { ok: false, code: body.data.error.code, fields: body.data.error.fields ?? {} };
  } catch {
    // The network went away, or nobody wants it any more: said as any other failure.
  }
  return { ok: false, code: 'internal', fields: {} };
}

async function readBody(response: Response, onProgress: FetchOptions['onProgress']): Promise<Blob> {
  const reader = response.body?.getReader();
  if (reader === undefined) return response.blob();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    bytes += part.value.length;
    onProgress(bytes);
  }
  return new Blob(parts, { type: 'application/zip' });
}

/** Offers a file to the browser's own download. */
export function saveAs(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '-');
  link.click();
  // The download has its own hold on the file once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
