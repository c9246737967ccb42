import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createOverlayMaker } from './overlay-planes.ts';
import { guardedMemory } from './testing/guarded-memory.ts';

test('S11: planes that another maker made are those that the surface makes itself', async () => {
  const there = await guardedMemory();
  const here = await guardedMemory();
  const makers = [there, here].map(({ kernels, memory, heap }) => createOverlayMaker(kernels, memory, heap));
  const [one, two] = makers;
  if (one === undefined || two === undefined) throw new Error('no makers');
  const side = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(
      side,
      side,
      fc.boolean(),
      fc.infiniteStream(fc.integer({ min: 0, max: 255 })),
      (width, height, opaque, bytes) => {
        const data = new Uint8ClampedArray(4 * width * height).map(() => bytes.next().value ?? 0);
        if (opaque) for (let n = 3; n < data.length; n += 4) data[n] = 255;
        const raster = { width, height, data };
        const [made, own] = [one.make(raster), two.make(raster)];
        const brought = two.bring(one.bytesOf(made));
        expect(one.bytesOf(made).planes).toHaveLength(4 * (made.u - made.y));
        expect(two.bytesOf(brought)).toEqual(two.bytesOf(own));
        expect(brought.solid !== null).toBe(opaque && width % 2 === 0 && height % 2 === 0);
        expect({ ...brought, y: 0, u: 0, v: 0, alpha: 0, solid: null }).toEqual({
          ...own,
          y: 0,
          u: 0,
          v: 0,
          alpha: 0,
          solid: null,
        });
        expect([brought.u, brought.v, brought.alpha].map((at) => at - brought.y)).toEqual(
          [own.u, own.v, own.alpha].map((at) => at - own.y),
        );
        one.free(made);
        two.free(own);
        two.free(brought);
        expect([there.taken, here.taken]).toEqual([0, 0]);
      },
    ),
    { numRuns: 60 },
  );
});
