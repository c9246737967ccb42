import { expect, test } from 'vitest';
import { checkTarget, isPrivateAddress, parseTarget } from './target.ts';

test.each([
  ['rtmp://live.example.com/app', { tls: false, host: 'live.example.com', port: 1935, application: 'app' }],
  [
    'rtmps://live.example.com:1443/a/b?c=d',
    { tls: true, host: 'live.example.com', port: 1443, application: 'a/b?c=d' },
  ],
  ['rtmps://[2606:4700::1]/rtmp/', { tls: true, host: '2606:4700::1', port: 443, application: 'rtmp/' }],
])('%s is read', (url, target) => {
  expect(parseTarget(url)).toEqual(target);
});

test.each([
  '',
  'live.example.com/app',
  'http://live.example.com/app',
  'rtmp://live.example.com',
  'rtmp:///app',
  'rtmp://x/a\nrtmp_live=any',
  'rtmp://x/a#b',
])('%j is no address to stream to', (url) => {
  expect(parseTarget(url)).toBeUndefined();
});

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.255.255',
  '192.168.0.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '255.255.255.255',
  '::1',
  '::',
  'fd00::1',
  'fe80::1',
  '::ffff:10.0.0.1',
  '64:ff9b::a00:1',
  '2002:a00:1::',
  'nonsense',
])('%s is private', (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

test.each(['8.8.8.8', '172.32.0.1', '2606:4700::1', '64:ff9b::808:808'])('%s is public', (address) => {
  expect(isPrivateAddress(address)).toBe(false);
});

test('a private address is refused unless allowed', async () => {
  expect(await checkTarget('rtmp://127.0.0.1/live', { allowPrivate: false })).toEqual({
    ok: false,
    code: 'target_private',
  });
  expect(await checkTarget('rtmp://127.0.0.1/live', { allowPrivate: true })).toEqual({ ok: true });
});
