import { average16, averageOne, div255, mix } from './arithmetic';

export function copyPlane(
  dst: usize,
  dstStride: usize,
  src: usize,
  srcStride: usize,
  width: usize,
  height: usize,
): void {
  for (let y: usize = 0; y < height; y += 1) memory.copy(dst + y * dstStride, src + y * srcStride, width);
}

export function fillPlane(dst: usize, stride: usize, width: usize, height: usize, value: u32): void {
  for (let y: usize = 0; y < height; y += 1) memory.fill(dst + y * stride, <u8>value, width);
}

/** SPEC K1: every pixel is the average of 2 × 2; the last column and row stand in for what is beyond them. */
export function halvePlane(
  dst: usize,
  dstStride: usize,
  src: usize,
  srcStride: usize,
  srcWidth: usize,
  srcHeight: usize,
): void {
  const pairs = srcWidth >> 1;
  const height = (srcHeight + 1) >> 1;
  for (let y: usize = 0; y < height; y += 1) {
    const top = src + 2 * y * srcStride;
    const bottom = ((y << 1) | 1) < srcHeight ? top + srcStride : top;
    const out = dst + y * dstStride;
    let x: usize = 0;
    for (; x + 16 <= pairs; x += 16) v128.store(out + x, average16(top + 2 * x, bottom + 2 * x));
    for (; x < pairs; x += 1) store<u8>(out + x, averageOne(top + 2 * x, bottom + 2 * x));
    if (srcWidth & 1) {
      store<u8>(out + x, (<u32>load<u8>(top + 2 * x) + load<u8>(bottom + 2 * x) + 1) >> 1);
    }
  }
}

/** SPEC K2: mixes `src` into `dst`; `opacity` of 255. */
export function mixPlane(
  dst: usize,
  dstStride: usize,
  src: usize,
  srcStride: usize,
  width: usize,
  height: usize,
  opacity: u32,
): void {
  const shares = i8x16.splat(<i8>opacity);
  for (let y: usize = 0; y < height; y += 1) {
    const from = src + y * srcStride;
    const to = dst + y * dstStride;
    let x: usize = 0;
    for (; x + 16 <= width; x += 16) {
      v128.store(to + x, mix(v128.load(from + x), v128.load(to + x), shares));
    }
    for (; x < width; x += 1) {
      const mixed = <u32>load<u8>(from + x) * opacity + <u32>load<u8>(to + x) * (255 - opacity);
      store<u8>(to + x, div255(mixed));
    }
  }
}

/** SPEC K2 with one value for every pixel of the source. */
export function tintPlane(
  dst: usize,
  stride: usize,
  width: usize,
  height: usize,
  value: u32,
  opacity: u32,
): void {
  const values = i8x16.splat(<i8>value);
  const shares = i8x16.splat(<i8>opacity);
  for (let y: usize = 0; y < height; y += 1) {
    const to = dst + y * stride;
    let x: usize = 0;
    for (; x + 16 <= width; x += 16) v128.store(to + x, mix(values, v128.load(to + x), shares));
    for (; x < width; x += 1) {
      store<u8>(to + x, div255(value * opacity + <u32>load<u8>(to + x) * (255 - opacity)));
    }
  }
}

/**
 * SPEC K3: turned clockwise by `quarters`, then mirrored left to right when `flip`. `width` and `height` are the
 * source's; in blocks, so that columns of the source stay in the cache while they become rows.
 */
export function turnPlane(
  dst: usize,
  dstStride: usize,
  src: usize,
  srcStride: usize,
  width: usize,
  height: usize,
  quarters: u32,
  flip: u32,
): void {
  const turned = (quarters & 1) !== 0;
  const outWidth = turned ? height : width;
  const outHeight = turned ? width : height;
  for (let top: usize = 0; top < outHeight; top += 32) {
    const bottom = min(top + 32, outHeight);
    for (let left: usize = 0; left < outWidth; left += 32) {
      const right = min(left + 32, outWidth);
      for (let y = top; y < bottom; y += 1) {
        const out = dst + y * dstStride;
        for (let x = left; x < right; x += 1) {
          const unflipped = flip ? outWidth - 1 - x : x;
          let sx = unflipped;
          let sy = y;
          if (quarters === 1) {
            sx = y;
            sy = height - 1 - unflipped;
          } else if (quarters === 2) {
            sx = width - 1 - unflipped;
            sy = height - 1 - y;
          } else if (quarters === 3) {
            sx = width - 1 - y;
            sy = unflipped;
          }
          store<u8>(out + x, load<u8>(src + sy * srcStride + sx));
        }
      }
    }
  }
}

/** SPEC K4: the two chroma planes of NV12's one. */
export function splitPlane(
  dstU: usize,
  dstV: usize,
  dstStride: usize,
  src: usize,
  srcStride: usize,
  width: usize,
  height: usize,
): void {
  const low = i16x8.splat(255);
  for (let y: usize = 0; y < height; y += 1) {
    const from = src + y * srcStride;
    const u = dstU + y * dstStride;
    const v = dstV + y * dstStride;
    let x: usize = 0;
    for (; x + 16 <= width; x += 16) {
      const a = v128.load(from + 2 * x);
      const b = v128.load(from + 2 * x, 16);
      v128.store(u + x, i8x16.narrow_i16x8_u(v128.and(a, low), v128.and(b, low)));
      v128.store(v + x, i8x16.narrow_i16x8_u(i16x8.shr_u(a, 8), i16x8.shr_u(b, 8)));
    }
    for (; x < width; x += 1) {
      store<u8>(u + x, load<u8>(from + 2 * x));
      store<u8>(v + x, load<u8>(from + 2 * x, 1));
    }
  }
}
