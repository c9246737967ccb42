import type { IncomingHttpHeaders } from 'node:http';

/** Host name and port under which the browser reached us; the front door passes the original one on. */
export function requestHost(headers: IncomingHttpHeaders): string {
  const forwarded = headers['x-forwarded-host'];
  return (typeof forwarded === 'string' ? forwarded : headers.host) ?? '';
}

/**
 * True when a request with cookies may change something: it comes from our own pages, from an allowed
 * origin, or from a program that is no browser (no Origin and no Sec-Fetch-Site).
 */
export function cameFromOurSite(headers: IncomingHttpHeaders, allowedOrigins: readonly string[]): boolean {
  const { origin } = headers;
  if (origin === undefined) {
    const site = headers['sec-fetch-site'];
    return site === undefined || site === 'same-origin' || site === 'none';
  }
  if (allowedOrigins.includes(origin)) return true;
  try {
    return new URL(origin).host === requestHost(headers);
  } catch {
    return false;
  }
}
