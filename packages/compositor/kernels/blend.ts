import { average16, averageOne, div255, mix, share } from './arithmetic';

function overOne(dst: usize, value: u32, alpha: u32, opacity: u32): void {
  const part = div255(value * opacity);
  const left = 255 - div255(alpha * opacity);
  store<u8>(dst, min<u32>(255, part + div255(<u32>load<u8>(dst) * left)));
}

function over16(dst: usize, values: v128, alphas: v128, opacity: v128): void {
  const left = v128.not(share(alphas, opacity));
  v128.store(dst, i8x16.add_sat_u(share(values, opacity), share(v128.load(dst), left)));
}

/** SPEC K9: lays a plane already multiplied by `alpha` over another; `opacity` of 255. */
export function layLuma(
  dst: usize,
  dstStride: usize,
  src: usize,
  alpha: usize,
  srcStride: usize,
  width: usize,
  height: usize,
  opacity: u32,
): void {
  const opacities = i8x16.splat(<i8>opacity);
  for (let y: usize = 0; y < height; y += 1) {
    const to = dst + y * dstStride;
    const from = src + y * srcStride;
    const cover = alpha + y * srcStride;
    let x: usize = 0;
    for (; x + 16 <= width; x += 16) {
      const alphas = v128.load(cover + x);
      if (v128.any_true(alphas)) over16(to + x, v128.load(from + x), alphas, opacities);
    }
    for (; x < width; x += 1) overOne(to + x, load<u8>(from + x), load<u8>(cover + x), opacity);
  }
}

/** SPEC K10: the same for chroma of half the size; `width` and `height` are the chroma's, 2 × 2 are averaged. */
export function layChroma(
  dst: usize,
  dstStride: usize,
  src: usize,
  alpha: usize,
  srcStride: usize,
  width: usize,
  height: usize,
  opacity: u32,
): void {
  const opacities = i8x16.splat(<i8>opacity);
  for (let y: usize = 0; y < height; y += 1) {
    const to = dst + y * dstStride;
    const from = src + 2 * y * srcStride;
    const cover = alpha + 2 * y * srcStride;
    let x: usize = 0;
    for (; x + 16 <= width; x += 16) {
      const alphas = average16(cover + 2 * x, cover + srcStride + 2 * x);
      if (!v128.any_true(alphas)) continue;
      over16(to + x, average16(from + 2 * x, from + srcStride + 2 * x), alphas, opacities);
    }
    for (; x < width; x += 1) {
      const value = averageOne(from + 2 * x, from + srcStride + 2 * x);
      overOne(to + x, value, averageOne(cover + 2 * x, cover + srcStride + 2 * x), opacity);
    }
  }
}

function keepOne(dst: usize, under: u32, mask: u32): void {
  store<u8>(dst, div255(<u32>load<u8>(dst) * mask + under * (255 - mask)));
}

/** SPEC K11: brings back what was under a plane where `mask` does not cover it. */
export function maskLuma(
  dst: usize,
  dstStride: usize,
  under: usize,
  underStride: usize,
  mask: usize,
  maskStride: usize,
  width: usize,
  height: usize,
): void {
  for (let y: usize = 0; y < height; y += 1) {
    const to = dst + y * dstStride;
    const from = under + y * underStride;
    const by = mask + y * maskStride;
    let x: usize = 0;
    for (; x + 16 <= width; x += 16) {
      v128.store(to + x, mix(v128.load(to + x), v128.load(from + x), v128.load(by + x)));
    }
    for (; x < width; x += 1) keepOne(to + x, load<u8>(from + x), load<u8>(by + x));
  }
}

/** SPEC K12: the same for chroma; the mask has luma's size, 2 × 2 of it are averaged. */
export function maskChroma(
  dst: usize,
  dstStride: usize,
  under: usize,
  underStride: usize,
  mask: usize,
  maskStride: usize,
  width: usize,
  height: usize,
): void {
  for (let y: usize = 0; y < height; y += 1) {
    const to = dst + y * dstStride;
    const from = under + y * underStride;
    const by = mask + 2 * y * maskStride;
    let x: usize = 0;
    for (; x + 16 <= width; x += 16) {
      const shares = average16(by + 2 * x, by + maskStride + 2 * x);
      v128.store(to + x, mix(v128.load(to + x), v128.load(from + x), shares));
    }
    for (; x < width; x += 1) {
      keepOne(to + x, load<u8>(from + x), averageOne(by + 2 * x, by + maskStride + 2 * x));
    }
  }
}
