import { errorCatalogue } from '@streamus/contracts';
import { expect, test } from 'vitest';
import { classifyPusherEnd, failure } from './failure.ts';

test('F1: a failure has the catalogue’s sentence and culprit', () => {
  expect(failure('target_dns')).toEqual({
    code: 'target_dns',
    message: errorCatalogue.target_dns.message,
    culprit: 'destination',
    rejected: false,
  });
  expect(failure('target_rejected').rejected).toBe(true);
});

test.each([
  ['Failed to resolve hostname nowhere.invalid: Name or service not known', false, 'target_dns'],
  ['Connection to tcp://127.0.0.1:1 failed: Connection refused', false, 'target_refused'],
  ['The certificate is NOT trusted.', false, 'target_tls'],
  ['Server error: NetStream.Publish.BadName', false, 'target_rejected'],
  ['Cannot read RTMP handshake response', false, 'target_handshake'],
  ['av_interleaved_write_frame(): Broken pipe', true, 'target_closed'],
  ['Error writing trailer: Connection reset by peer', true, 'target_closed'],
  ['Connection timed out', false, 'target_timeout'],
  ['', true, 'target_closed'],
  ['Segmentation fault', false, 'media_failed'],
] as const)('F2: %j (took media: %s) is %s', (stderr, tookMedia, code) => {
  expect(classifyPusherEnd(stderr, tookMedia).code).toBe(code);
});
