import fc from 'fast-check';
import { expect, test } from 'vitest';
import { qrCodeSize } from './qr-code.ts';

const HD = { width: 1280, height: 720 };
const address = (length: number): string => 'https://example.org/'.padEnd(length, 'a');

test('O9 a QR code has modules of whole pixels, grows with its address up to half of the shorter side, and is never cut', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 20, max: 500 }),
      fc.constantFrom(360, 480, 720, 1080, 2160),
      fc.boolean(),
      (length, side, upright) => {
        const longer = (side * 16) / 9;
        const programme = upright ? { width: side, height: longer } : { width: longer, height: side };
        const { modules, module, size } = qrCodeSize(address(length), programme);
        expect(Number.isInteger(module)).toBe(true);
        expect(module * modules).toBeLessThanOrEqual(size);
        expect(size).toBeGreaterThanOrEqual(Math.round(0.24 * side));
        expect(size).toBeLessThanOrEqual(side / 2);
      },
    ),
  );
  expect(qrCodeSize(address(24), HD)).toEqual({
    modules: 33,
    module: 5,
    size: 173,
    large: false,
    readable: true,
  });
  expect(qrCodeSize(address(500), HD)).toEqual({
    modules: 93,
    module: 3,
    size: 279,
    large: true,
    readable: true,
  });
});

test('O10 a QR code is readable when its modules are 3 pixels wide, and 1/240 of the shorter side', () => {
  const small = { width: 640, height: 360 };
  expect(qrCodeSize(address(152), small)).toMatchObject({ module: 3, readable: true });
  expect(qrCodeSize(address(153), small)).toMatchObject({ module: 2, readable: false });
  expect(qrCodeSize(address(500), { width: 1080, height: 1920 })).toMatchObject({
    module: 4,
    readable: true,
  });
  expect(qrCodeSize(`https://example.org/${'é'.repeat(67)}`, small).readable).toBe(false);
});
