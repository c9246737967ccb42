/*
 * BT.709, limited range, in 32768ths: Y = 16 + 219/255 · (0.2126 R + 0.7152 G + 0.0722 B), U and V = 128 + 224/255 ·
 * (B − Y′)/1.8556 and (R − Y′)/1.5748 (ITU-R BT.709-6, 3). The parts of a line add up so that white is 235 and greys
 * have no colour.
 */
const YR: i32 = 5983;
const YG: i32 = 20127;
const YB: i32 = 2032;
const UR: i32 = -3298;
const UG: i32 = -11094;
const UB: i32 = 14392;
const VR: i32 = 14392;
const VG: i32 = -13073;
const VB: i32 = -1319;
const LUMA_BASE: i32 = (16 << 15) + 0x4000;
const CHROMA_BASE: i32 = (128 << 15) + 0x4000;

/** Factors for two pixels of four 16-bit channels; `bgr`: blue comes first. */
function factors(r: i32, g: i32, b: i32, bgr: u32): v128 {
  const one = i16x8.replace_lane(i16x8.splat(0), 1, <i16>g);
  const two = i16x8.replace_lane(i16x8.replace_lane(one, 0, <i16>(bgr ? b : r)), 2, <i16>(bgr ? r : b));
  return i64x2.shuffle(two, two, 0, 0);
}

/** Of four pixels, two in each vector: the weighted sums of their channels. */
function weigh(low: v128, high: v128, weights: v128, base: i32): v128 {
  const a = i32x4.dot_i16x8_s(low, weights);
  const b = i32x4.dot_i16x8_s(high, weights);
  const sums = i32x4.add(i32x4.shuffle(a, b, 0, 2, 4, 6), i32x4.shuffle(a, b, 1, 3, 5, 7));
  return i32x4.shr_s(i32x4.add(sums, i32x4.splat(base)), 15);
}

function bytesOf(words: v128): u32 {
  const narrow = i16x8.narrow_i32x4_u(words, words);
  return <u32>i32x4.extract_lane(i8x16.narrow_i16x8_u(narrow, narrow), 0);
}

/** The first `count` of four bytes. */
function storeBytes(at: usize, bytes: u32, count: usize): void {
  if (count >= 4) {
    store<u32>(at, bytes);
    return;
  }
  for (let n: usize = 0; n < count; n += 1) store<u8>(at + n, <u8>(bytes >> (8 * <u32>n)));
}

/** Up to four pixels; the last one stands in for those beyond. */
function loadPixels(at: usize, count: usize): v128 {
  if (count >= 4) return v128.load(at);
  const last = load<u32>(at + 4 * (count - 1));
  const b = count > 1 ? load<u32>(at, 4) : last;
  const c = count > 2 ? load<u32>(at, 8) : last;
  return i32x4.replace_lane(
    i32x4.replace_lane(i32x4.replace_lane(i32x4.splat(load<u32>(at)), 1, b), 2, c),
    3,
    last,
  );
}

/** SPEC K7: opaque RGB of 8 bits (its fourth byte is ignored) to 4:2:0; chroma is that of the average of 2 × 2. */
export function rgbToPlanes(
  luma: usize,
  lumaStride: usize,
  u: usize,
  v: usize,
  chromaStride: usize,
  src: usize,
  srcStride: usize,
  width: usize,
  height: usize,
  bgr: u32,
): void {
  const forY = factors(YR, YG, YB, bgr);
  const forU = factors(UR, UG, UB, bgr);
  const forV = factors(VR, VG, VB, bgr);
  for (let y: usize = 0; y < height; y += 2) {
    const top = src + y * srcStride;
    const hasBottom = y + 1 < height;
    const bottom = hasBottom ? top + srcStride : top;
    const out = luma + y * lumaStride;
    for (let x: usize = 0; x < width; x += 4) {
      const count = width - x;
      const a = loadPixels(top + 4 * x, count);
      const b = loadPixels(bottom + 4 * x, count);
      const aLow = i16x8.extend_low_i8x16_u(a);
      const aHigh = i16x8.extend_high_i8x16_u(a);
      const bLow = i16x8.extend_low_i8x16_u(b);
      const bHigh = i16x8.extend_high_i8x16_u(b);
      storeBytes(out + x, bytesOf(weigh(aLow, aHigh, forY, LUMA_BASE)), count);
      if (hasBottom) storeBytes(out + lumaStride + x, bytesOf(weigh(bLow, bHigh, forY, LUMA_BASE)), count);
      const low = i16x8.add(aLow, bLow);
      const high = i16x8.add(aHigh, bHigh);
      const sums = i16x8.add(i64x2.shuffle(low, high, 0, 2), i64x2.shuffle(low, high, 1, 3));
      const means = i16x8.shr_u(i16x8.add(sums, i16x8.splat(2)), 2);
      const at = (y >> 1) * chromaStride + (x >> 1);
      const pairs = (count + 1) >> 1;
      storeBytes(u + at, bytesOf(weigh(means, means, forU, CHROMA_BASE)), min(pairs, 2));
      storeBytes(v + at, bytesOf(weigh(means, means, forV, CHROMA_BASE)), min(pairs, 2));
    }
  }
}

function timesAlpha(values: v128, alpha: v128): v128 {
  const rounded = i32x4.add(i32x4.mul(values, alpha), i32x4.splat(128));
  return i32x4.shr_u(i32x4.add(rounded, i32x4.shr_u(rounded, 8)), 8);
}

/**
 * SPEC K8: RGBA, colours not multiplied by alpha, to four planes of full size that are. Returns the smallest alpha.
 */
export function rgbaToOverlay(
  luma: usize,
  u: usize,
  v: usize,
  alpha: usize,
  stride: usize,
  src: usize,
  srcStride: usize,
  width: usize,
  height: usize,
): u32 {
  const forY = factors(YR, YG, YB, 0);
  const forU = factors(UR, UG, UB, 0);
  const forV = factors(VR, VG, VB, 0);
  let least = i32x4.splat(255);
  for (let y: usize = 0; y < height; y += 1) {
    for (let x: usize = 0; x < width; x += 4) {
      const count = width - x;
      const pixels = loadPixels(src + y * srcStride + 4 * x, count);
      const low = i16x8.extend_low_i8x16_u(pixels);
      const high = i16x8.extend_high_i8x16_u(pixels);
      const share = i32x4.shr_u(pixels, 24);
      const at = y * stride + x;
      storeBytes(luma + at, bytesOf(timesAlpha(weigh(low, high, forY, LUMA_BASE), share)), count);
      storeBytes(u + at, bytesOf(timesAlpha(weigh(low, high, forU, CHROMA_BASE), share)), count);
      storeBytes(v + at, bytesOf(timesAlpha(weigh(low, high, forV, CHROMA_BASE), share)), count);
      storeBytes(alpha + at, bytesOf(share), count);
      least = i32x4.min_u(least, share);
    }
  }
  return min(
    min(<u32>i32x4.extract_lane(least, 0), <u32>i32x4.extract_lane(least, 1)),
    min(<u32>i32x4.extract_lane(least, 2), <u32>i32x4.extract_lane(least, 3)),
  );
}
