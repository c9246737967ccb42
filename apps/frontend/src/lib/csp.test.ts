import { expect, test } from 'vitest';
import { contentSecurityPolicy } from './csp.ts';

const usual = { nonce: 'abc', host: 'show.example:3001', roomUrl: '', development: false };
const directive = (policy: string, name: string) =>
  policy
    .split('; ')
    .find((part) => part.startsWith(`${name} `))
    ?.slice(name.length + 1);

test('scripts run by nonce, never inline or by eval', () => {
  const scripts = directive(contentSecurityPolicy(usual), 'script-src');
  expect(scripts).toBe("'self' 'nonce-abc' 'strict-dynamic'");
});

test('sockets go to the own host and to the named room server only', () => {
  const policy = contentSecurityPolicy({ ...usual, roomUrl: 'wss://room.example/rtc' });
  expect(directive(policy, 'connect-src')).toBe(
    "'self' ws://show.example:3001 wss://show.example:3001 wss://room.example https://room.example",
  );
});

test('a forged host cannot add a directive', () => {
  const policy = contentSecurityPolicy({ ...usual, host: "x; script-src 'unsafe-inline'" });
  expect(directive(policy, 'connect-src')).toBe("'self'");
  expect(policy).not.toContain("script-src 'unsafe-inline'");
});
