import { type ErrorCode, errorCatalogue } from '@streamus/contracts';
import { expect, test } from 'vitest';
import { failure } from './failure.ts';

const errorCodes = Object.keys(errorCatalogue) as ErrorCode[];

test('F1: a failure has the catalogue’s sentence and culprit', () => {
  expect(failure('target_dns')).toEqual({
    code: 'target_dns',
    message: errorCatalogue.target_dns.message,
    culprit: 'destination',
    rejected: false,
  });
});

test('F2: only what the server says about this stream is a rejection', () => {
  const codes = errorCodes.filter((code) => failure(code).rejected);
  expect(codes).toEqual(['target_rejected']);
});
