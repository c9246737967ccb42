import type { Response } from 'express';
import type { Config } from '../config.ts';

export const ACCESS_COOKIE = 'streamus_access';
export const REFRESH_COOKIE = 'streamus_refresh';
export const ACCESS_SECONDS = 15 * 60;
export const REFRESH_SECONDS = 30 * 24 * 3600;

/** Value of a cookie in a Cookie header. */
export function cookieValue(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (part.slice(0, at).trim() === name) return decodeURIComponent(part.slice(at + 1).trim());
  }
  return null;
}

export function setSessionCookies(
  response: Response,
  config: Config,
  tokens: { access: string; refresh: string },
): void {
  const secure = config.PUBLIC_URL?.startsWith('https:') ?? false;
  response.cookie(ACCESS_COOKIE, tokens.access, {
    httpOnly: true,
    sameSite: 'lax',
    secure,
    path: '/',
    maxAge: ACCESS_SECONDS * 1000,
  });
  response.cookie(REFRESH_COOKIE, tokens.refresh, {
    httpOnly: true,
    sameSite: 'strict',
    secure,
    path: '/api/v1/auth',
    maxAge: REFRESH_SECONDS * 1000,
  });
}

export function clearSessionCookies(response: Response): void {
  response.clearCookie(ACCESS_COOKIE, { path: '/' });
  response.clearCookie(REFRESH_COOKIE, { path: '/api/v1/auth' });
}
