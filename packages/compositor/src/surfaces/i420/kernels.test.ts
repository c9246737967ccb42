import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { createKernels, type Kernels } from './kernels.ts';
import { planeBytes, planeOf, type TestPlane } from './testing/guarded-memory.ts';
import {
  convert,
  halve,
  keep,
  lay,
  mean2x2,
  mix,
  pixel,
  type Rows,
  rowsOf,
  scale,
  turn,
  yuv709,
} from './testing/reference.ts';

const PAGES = 4;
const END = PAGES * 65_536;
const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES });
let kernels: Kernels;

beforeAll(async () => {
  kernels = await createKernels(memory);
});

/** Bytes around every plane that must stay as they are. */
const GUARD = 32;
const MARK = 0x5a;

/** Puts planes one after the other; the last one ends where the memory does, so that reading behind it traps. */
function placed(planes: readonly Rows[], spare: number): { planes: TestPlane[]; check: () => void } {
  const bytes = new Uint8Array(memory.buffer);
  bytes.fill(MARK);
  let end = END;
  const result: TestPlane[] = [];
  const gaps: [number, number][] = [];
  for (const rows of [...planes].reverse()) {
    const at = end - planeBytes(rows, spare);
    result.unshift(planeOf(memory, at, rows, spare));
    gaps.push([at - GUARD, at]);
    end = at - GUARD;
  }
  return {
    planes: result,
    check() {
      for (const [from, to] of gaps) {
        if (bytes.subarray(from, to).some((byte) => byte !== MARK))
          throw new RangeError('a guard was written');
      }
    },
  };
}

const side = fc.integer({ min: 1, max: 70 });
const spare = fc.integer({ min: 0, max: 19 });
const opacity = fc.oneof(fc.constantFrom(0, 1, 254, 255), fc.integer({ min: 0, max: 255 }));
const seed = fc.integer({ min: 1, max: 2 ** 31 - 1 });

/** Bytes without an order, the extremes among them. */
function noise(width: number, height: number, from: number): Rows {
  let state = from;
  return rowsOf(width, height, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    const value = (state >> 12) & 0x1ff;
    return value < 256 ? value : value < 384 ? 0 : 255;
  });
}

const blank = (width: number, height: number): Rows => rowsOf(width, height, () => 0);

/** Runs a kernel on planes of which the first `outputs` are compared with what is expected; the others stay. */
function compare(
  given: readonly Rows[],
  bytesBetweenRows: number,
  run: (planes: readonly TestPlane[]) => void,
  expected: readonly (Rows | null)[],
): void {
  // The place at the end of the memory is everybody's in turn.
  for (let last = 0; last < given.length; last += 1) {
    const order = [...given.keys()].sort((a, b) => Number(a === last) - Number(b === last));
    const { planes, check } = placed(
      order.map((index) => given[index] ?? []),
      bytesBetweenRows,
    );
    const byIndex = given.map((_, index) => planes[order.indexOf(index)]).flatMap((plane) => plane ?? []);
    run(byIndex);
    check();
    for (const [index, plane] of byIndex.entries()) {
      expect(plane.read()).toEqual(expected[index] ?? given[index]);
    }
  }
}

const ofPlane = ({ at, stride }: TestPlane): [number, number] => [at, stride];
const runs = { numRuns: 60 };

test('K1: halving averages 2 × 2', () => {
  fc.assert(
    fc.property(side, side, spare, seed, (width, height, gap, from) => {
      const src = noise(width, height, from);
      const half = halve(src);
      compare(
        [src, blank(half[0]?.length ?? 0, half.length)],
        gap,
        ([a, b]) => a && b && kernels.halvePlane(...ofPlane(b), ...ofPlane(a), width, height),
        [null, half],
      );
    }),
    runs,
  );
});

test('K2: mixing and tinting', () => {
  fc.assert(
    fc.property(side, side, spare, seed, opacity, opacity, (width, height, gap, from, share, value) => {
      const [dst, src] = [noise(width, height, from), noise(width, height, from + 1)];
      compare(
        [dst, src],
        gap,
        ([a, b]) => a && b && kernels.mixPlane(...ofPlane(a), ...ofPlane(b), width, height, share),
        [mix(dst, src, share), null],
      );
      compare([dst], gap, ([a]) => a && kernels.tintPlane(...ofPlane(a), width, height, value, share), [
        mix(
          dst,
          rowsOf(width, height, () => value),
          share,
        ),
      ]);
      compare([dst], gap, ([a]) => a && kernels.fillPlane(...ofPlane(a), width, height, value), [
        rowsOf(width, height, () => value),
      ]);
      compare(
        [dst, src],
        gap,
        ([a, b]) => a && b && kernels.copyPlane(...ofPlane(a), ...ofPlane(b), width, height),
        [src, null],
      );
    }),
    runs,
  );
});

test('K3: turning and mirroring', () => {
  fc.assert(
    fc.property(
      side,
      side,
      spare,
      seed,
      fc.integer({ min: 0, max: 3 }),
      fc.boolean(),
      (width, height, gap, from, quarters, flip) => {
        const src = noise(width, height, from);
        const turned = turn(src, quarters, flip);
        compare(
          [src, blank(turned[0]?.length ?? 0, turned.length)],
          gap,
          ([a, b]) =>
            a && b && kernels.turnPlane(...ofPlane(b), ...ofPlane(a), width, height, quarters, flip ? 1 : 0),
          [null, turned],
        );
      },
    ),
    runs,
  );
});

test('K4: splitting pairs', () => {
  fc.assert(
    fc.property(side, side, spare, seed, (width, height, gap, from) => {
      const src = noise(2 * width, height, from);
      const channel = (n: number): Rows => rowsOf(width, height, (x, y) => pixel(src, 2 * x + n, y));
      compare(
        [src, blank(width, height), blank(width, height)],
        gap,
        ([a, u, v]) => a && u && v && kernels.splitPlane(u.at, v.at, u.stride, ...ofPlane(a), width, height),
        [null, channel(0), channel(1)],
      );
    }),
    runs,
  );
});

test('K5: scaling is bilinear between centres and stays inside', () => {
  const fixed = (most: number) => fc.integer({ min: -2 * 65_536, max: most * 65_536 });
  const step = fc.integer({ min: 1, max: 2 * 65_536 });
  fc.assert(
    fc.property(
      fc.tuple(side, side),
      fc.tuple(side, side),
      spare,
      seed,
      fc.record({ x: fixed(70), y: fixed(70) }),
      fc.record({ x: step, y: step }),
      ([srcWidth, srcHeight], [width, height], gap, from, first, by) => {
        const src = noise(srcWidth, srcHeight, from);
        const scratch = rowsOf(kernels.scratchFor(width, srcWidth), 1, () => 0);
        const { planes, check } = placed([scratch, blank(width, height), src], gap);
        const [room, out, source] = planes;
        if (room === undefined || out === undefined || source === undefined) throw new Error('no planes');
        kernels.scalePlane(
          ...[...ofPlane(out), width, height, ...ofPlane(source), srcWidth, srcHeight],
          ...[first.x, by.x, first.y, by.y, room.at],
        );
        check();
        expect(out.read()).toEqual(scale(src, width, height, first, by));
        expect(source.read()).toEqual(src);
      },
    ),
    { numRuns: 200 },
  );
});

test('K6: colours turn into another matrix and range', () => {
  const factor = fc.integer({ min: -16_384, max: 16_384 });
  fc.assert(
    fc.property(
      side,
      side,
      spare,
      seed,
      fc.oneof(
        fc
          .array(factor, { minLength: 8, maxLength: 8 })
          .map((all) => [...all.slice(0, 7), (all[7] ?? 0) >> 4]),
        // Between limited ranges: luma is as it was, and moved.
        fc.array(factor, { minLength: 6, maxLength: 6 }).map((six) => [16_384, ...six, 0]),
        fc
          .array(fc.integer({ min: -8_100, max: 8_100 }), { minLength: 6, maxLength: 6 })
          .map((six) => [16_384, ...six, 0]),
      ),
      (width, height, gap, from, factors) => {
        const luma = noise(2 * width, 2 * height, from);
        const [u, v] = [noise(width, height, from + 1), noise(width, height, from + 2)];
        const at = (x: number, y: number) =>
          convert([pixel(luma, x, y), pixel(u, x >> 1, y >> 1), pixel(v, x >> 1, y >> 1)], factors);
        compare(
          [luma, u, v],
          gap,
          ([a, b, c]) =>
            a &&
            b &&
            c &&
            kernels.convertColours(...ofPlane(a), b.at, c.at, b.stride, width, height, ...factors),
          [
            rowsOf(2 * width, 2 * height, (x, y) => at(x, y)[0]),
            rowsOf(width, height, (x, y) => at(2 * x, 2 * y)[1]),
            rowsOf(width, height, (x, y) => at(2 * x, 2 * y)[2]),
          ],
        );
      },
    ),
    {
      ...runs,
      // The sums that no 16 bits hold.
      examples: [
        [8, 1, 0, 1, [16_384, -16_384, 16_384, 0, 0, 0, 0, 1_024]],
        [8, 1, 0, 1, [-16_384, 16_384, -16_384, 0, 0, 0, 0, -1_024]],
        [32, 8, 0, 1, [16_384, 8_000, 8_000, 0, 0, 0, 0, 0]],
        [32, 8, 0, 1, [16_384, -8_000, -8_000, 0, 0, 0, 0, 0]],
        [32, 8, 0, 1, [16_384, 16_384, 16_384, 0, 0, 0, 0, 0]],
        [32, 8, 0, 1, [16_384, 8_000, 8_000, 0, 0, 0, 0, 1_024]],
      ],
    },
  );
});

/** Rows of RGBA bytes. */
const rgba = (width: number, height: number, from: number): Rows => noise(4 * width, height, from);
const near = (found: Rows, wanted: Rows, most: number): void => {
  for (const [y, row] of found.entries()) {
    for (const [x, value] of row.entries()) {
      expect(Math.abs(value - pixel(wanted, x, y)), `at ${x}, ${y}`).toBeLessThanOrEqual(most);
    }
  }
};

test('K7: RGB becomes limited BT.709, whichever of red and blue comes first', () => {
  fc.assert(
    fc.property(side, side, seed, fc.boolean(), (width, height, from, bgr) => {
      const src = rgba(width, height, from);
      const channel = (n: number): Rows => rowsOf(width, height, (x, y) => pixel(src, 4 * x + n, y));
      const [first, green, third] = [channel(0), channel(1), channel(2)];
      const [red, blue] = bgr ? [third, first] : [first, third];
      const chroma = [Math.ceil(width / 2), Math.ceil(height / 2)] as const;
      const given = [src, blank(width, height), blank(...chroma), blank(...chroma)];
      const { planes, check } = placed(given, 0);
      const [source, y, u, v] = planes;
      if (!source || !y || !u || !v) throw new Error('no planes');
      const target = [...ofPlane(y), u.at, v.at, u.stride];
      kernels.rgbToPlanes(...target, ...ofPlane(source), width, height, bgr ? 1 : 0);
      check();
      const mean = (rows: Rows, cx: number, cy: number): number => mean2x2(rows, cx, cy);
      const at = (x: number, row: number) =>
        yuv709(pixel(red, x, row), pixel(green, x, row), pixel(blue, x, row));
      const under = (x: number, row: number) =>
        yuv709(mean(red, x, row), mean(green, x, row), mean(blue, x, row));
      near(
        y.read(),
        rowsOf(width, height, (x, row) => at(x, row)[0]),
        0.52,
      );
      near(
        u.read(),
        rowsOf(...chroma, (x, row) => under(x, row)[1]),
        0.52,
      );
      near(
        v.read(),
        rowsOf(...chroma, (x, row) => under(x, row)[2]),
        0.52,
      );
    }),
    { numRuns: 30 },
  );
});

test('K8: a bitmap becomes planes times alpha, and the least alpha is told', () => {
  fc.assert(
    fc.property(side, side, seed, (width, height, from) => {
      const src = rgba(width, height, from);
      const given = [src, ...[0, 1, 2, 3].map(() => blank(width, height))];
      const { planes, check } = placed(given, 0);
      const [source, ...out] = planes;
      const [y, u, v, a] = out;
      if (!source || !y || !u || !v || !a) throw new Error('no planes');
      const targets = out.map(({ at }) => at);
      const least = kernels.rgbaToOverlay(...targets, y.stride, ...ofPlane(source), width, height);
      check();
      const alpha = rowsOf(width, height, (x, row) => pixel(src, 4 * x + 3, row));
      expect(least).toBe(Math.min(...alpha.flat()));
      expect(a.read()).toEqual(alpha);
      const part = (n: 0 | 1 | 2): Rows =>
        rowsOf(width, height, (x, row) => {
          const [r, g, b] = [0, 1, 2].map((c) => pixel(src, 4 * x + c, row));
          return (yuv709(r ?? 0, g ?? 0, b ?? 0)[n] * pixel(alpha, x, row)) / 255;
        });
      near(y.read(), part(0), 1.02);
      near(u.read(), part(1), 1.02);
      near(v.read(), part(2), 1.02);
    }),
    { numRuns: 30 },
  );
});

test('K9, K10: laying a bitmap over luma and chroma', () => {
  fc.assert(
    fc.property(side, side, spare, seed, opacity, (width, height, gap, from, share) => {
      const dst = noise(width, height, from);
      const [src, alpha] = [noise(width, height, from + 1), noise(width, height, from + 2)];
      compare(
        [dst, src, alpha],
        gap,
        ([a, b, c]) =>
          a && b && c && kernels.layLuma(...ofPlane(a), b.at, c.at, b.stride, width, height, share),
        [rowsOf(width, height, (x, y) => lay(pixel(dst, x, y), pixel(src, x, y), pixel(alpha, x, y), share))],
      );
      const [wide, cover] = [noise(2 * width, 2 * height, from + 3), noise(2 * width, 2 * height, from + 4)];
      compare(
        [dst, wide, cover],
        gap,
        ([a, b, c]) =>
          a && b && c && kernels.layChroma(...ofPlane(a), b.at, c.at, b.stride, width, height, share),
        [
          rowsOf(width, height, (x, y) =>
            lay(pixel(dst, x, y), mean2x2(wide, x, y), mean2x2(cover, x, y), share),
          ),
        ],
      );
    }),
    runs,
  );
});

test('K11, K12: bringing back what a mask does not cover', () => {
  fc.assert(
    fc.property(side, side, spare, seed, (width, height, gap, from) => {
      const [dst, under] = [noise(width, height, from), noise(width, height, from + 1)];
      const mask = noise(width, height, from + 2);
      const size = [width, height] as const;
      compare(
        [dst, under, mask],
        gap,
        ([a, b, c]) => a && b && c && kernels.maskLuma(...[a, b, c].flatMap(ofPlane), ...size),
        [rowsOf(...size, (x, y) => keep(pixel(dst, x, y), pixel(under, x, y), pixel(mask, x, y)))],
      );
      const wide = noise(2 * width, 2 * height, from + 3);
      compare(
        [dst, under, wide],
        gap,
        ([a, b, c]) => a && b && c && kernels.maskChroma(...[a, b, c].flatMap(ofPlane), ...size),
        [rowsOf(...size, (x, y) => keep(pixel(dst, x, y), pixel(under, x, y), mean2x2(wide, x, y)))],
      );
    }),
    runs,
  );
});
