import { qrCodeSize } from '@streamus/studio';
import { expect, test } from 'vitest';
import { modulesOf } from './qr-code.ts';

const HD = { width: 1280, height: 720 };

test('a code has as many modules as its size is made for, whatever its address, and never more', () => {
  for (let length = 20; length <= 500; length += 12) {
    const url = 'https://example.org/'.padEnd(length, 'a');
    expect(modulesOf(url).length, `${length} characters`).toBe(qrCodeSize(url, HD).modules);
  }
  const capitals = `HTTPS://EXAMPLE.ORG/${'A'.repeat(300)}`;
  expect(modulesOf(capitals).length).toBeLessThanOrEqual(qrCodeSize(capitals, HD).modules);
  const words = `https://example.org/${'ж€🎈'.repeat(30)}`;
  expect(modulesOf(words).length).toBe(qrCodeSize(words, HD).modules);
});
