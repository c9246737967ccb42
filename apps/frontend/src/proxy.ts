import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy } from './lib/csp.ts';

/** Gives every page its own nonce and the headers that keep other sites out. HSTS belongs to the front door. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy({
    nonce,
    host: request.headers.get('x-forwarded-host') ?? request.headers.get('host') ?? '',
    roomUrl: process.env.LIVEKIT_PUBLIC_URL ?? '',
    development: process.env.NODE_ENV === 'development',
  });
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('referrer-policy', 'strict-origin-when-cross-origin');
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set(
    'permissions-policy',
    'camera=(self), microphone=(self), display-capture=(self), autoplay=(self), fullscreen=(self), geolocation=(), payment=(), usb=()',
  );
  return response;
}

export const config = {
  matcher: [
    {
      source: '/((?!_next/static|_next/image|api/|favicon|icon|images/).*)',
      missing: [
        { type: 'header', key: 'next-router-prefetch' },
        { type: 'header', key: 'purpose', value: 'prefetch' },
      ],
    },
  ],
};
