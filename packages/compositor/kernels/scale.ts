/** Of one group: the first source column it reads, which of the 16 from there are left and right neighbours, their weights. */
const GROUP: usize = 48;

/** Where a pixel's centre is in the source, 16.16, kept inside the first and last centre. */
function placeOf(index: usize, size: i32, first: i32, step: i32): i32 {
  const last = (size - 1) << 16;
  const place = <i64>first + <i64>step * <i64>index;
  return place < 0 ? 0 : place > <i64>last ? last : <i32>place;
}

/** Weight of the right or lower neighbour in 128ths. */
function weightOf(place: i32): i32 {
  return ((place & 0xffff) + 256) >> 9;
}

/** Groups of eight columns, the last one filled up with its last column. At a step ≤ 2 eight columns read at most 16. */
function prepareColumns(table: usize, dstWidth: usize, srcWidth: i32, first: i32, step: i32): void {
  for (let x: usize = 0; x < dstWidth; x += 8) {
    const group = table + (x >> 3) * GROUP;
    const start = min(placeOf(x, srcWidth, first, step) >> 16, max(0, srcWidth - 16));
    store<i32>(group, start);
    for (let lane: usize = 0; lane < 8; lane += 1) {
      const place = placeOf(min(x + lane, dstWidth - 1), srcWidth, first, step);
      const left = place >> 16;
      const weight = weightOf(place);
      store<u8>(group + 16 + 2 * lane, <u8>(left - start));
      store<u8>(group + 17 + 2 * lane, <u8>(min(left + 1, srcWidth - 1) - start));
      store<u8>(group + 32 + 2 * lane, <u8>(128 - weight));
      store<u8>(group + 33 + 2 * lane, <u8>weight);
    }
  }
}

function mixRows(out: usize, top: usize, bottom: usize, width: usize, weight: u32): void {
  const lower = i8x16.splat(<i8>weight);
  const upper = i8x16.splat(<i8>(128 - weight));
  const half = i16x8.splat(64);
  let x: usize = 0;
  for (; x + 16 <= width; x += 16) {
    const a = v128.load(top + x);
    const b = v128.load(bottom + x);
    const low = i16x8.add(i16x8.extmul_low_i8x16_u(a, upper), i16x8.extmul_low_i8x16_u(b, lower));
    const high = i16x8.add(i16x8.extmul_high_i8x16_u(a, upper), i16x8.extmul_high_i8x16_u(b, lower));
    v128.store(
      out + x,
      i8x16.narrow_i16x8_u(i16x8.shr_u(i16x8.add(low, half), 7), i16x8.shr_u(i16x8.add(high, half), 7)),
    );
  }
  for (; x < width; x += 1) {
    const sum = <u32>load<u8>(top + x) * (128 - weight) + <u32>load<u8>(bottom + x) * weight;
    store<u8>(out + x, (sum + 64) >> 7);
  }
}

/** Eight pixels of a group as bytes in the lower half. */
function mixColumns(row: usize, group: usize): v128 {
  const pairs = i8x16.swizzle(v128.load(row + load<i32>(group)), v128.load(group, 16));
  const weights = v128.load(group, 32);
  const half = i32x4.splat(64);
  const low = i32x4.extadd_pairwise_i16x8_u(i16x8.extmul_low_i8x16_u(pairs, weights));
  const high = i32x4.extadd_pairwise_i16x8_u(i16x8.extmul_high_i8x16_u(pairs, weights));
  const words = i16x8.narrow_i32x4_u(
    i32x4.shr_u(i32x4.add(low, half), 7),
    i32x4.shr_u(i32x4.add(high, half), 7),
  );
  return i8x16.narrow_i16x8_u(words, words);
}

/**
 * SPEC K5: bilinear; the centre of the output's first pixel lies at (`firstX`, `firstY`) of the source, the next one
 * `stepX`, `stepY` further (16.16, pixels' centres at whole numbers, steps ≤ 2). `scratch` has room for
 * `scratchFor` bytes.
 */
export function scalePlane(
  dst: usize,
  dstStride: usize,
  dstWidth: usize,
  dstHeight: usize,
  src: usize,
  srcStride: usize,
  srcWidth: usize,
  srcHeight: usize,
  firstX: i32,
  stepX: i32,
  firstY: i32,
  stepY: i32,
  scratch: usize,
): void {
  const table = scratch;
  const row = scratch + ((dstWidth + 7) >> 3) * GROUP;
  prepareColumns(table, dstWidth, <i32>srcWidth, firstX, stepX);
  for (let y: usize = 0; y < dstHeight; y += 1) {
    const place = placeOf(y, <i32>srcHeight, firstY, stepY);
    const top = src + <usize>(place >> 16) * srcStride;
    const weight = weightOf(place);
    const out = dst + y * dstStride;
    let from = top;
    // Narrow rows are copied too: vectors may read past their end in the scratch, not in the source.
    if (weight !== 0 || srcWidth < 16) {
      mixRows(row, top, weight === 0 ? top : top + srcStride, srcWidth, weight);
      from = row;
    }
    let x: usize = 0;
    let group = table;
    for (; x + 8 <= dstWidth; x += 8) {
      v128.store64_lane(out + x, mixColumns(from, group), 0);
      group += GROUP;
    }
    if (x < dstWidth) {
      let bytes = i64x2.extract_lane(mixColumns(from, group), 0);
      for (; x < dstWidth; x += 1) {
        store<u8>(out + x, <u8>bytes);
        bytes >>= 8;
      }
    }
  }
}

/** Bytes of scratch that `scalePlane` needs. */
export function scratchFor(dstWidth: usize, srcWidth: usize): usize {
  return ((dstWidth + 7) >> 3) * GROUP + srcWidth + 16;
}
