/** Rounded a · b / 32768, as the vector instruction does it. */
function part(a: i32, b: i32): i32 {
  return (a * b + 0x4000) >> 15;
}

function byte(sixtyFourths: i32): u8 {
  const value = (sixtyFourths + 32) >> 6;
  return <u8>min(255, max(0, value));
}

/** Of both factors: 128 times this, rounded twice, stays below 127. */
const MOST_MOVE: i32 = 16_000;

/**
 * SPEC K6: turns the colours of a 4:2:0 picture in place into another matrix and range. Factors are in 16384ths,
 * `lift` in 64ths: y′ = yy·y + yu·(u−128) + yv·(v−128) + lift, u′ = uu·(u−128) + uv·(v−128) + 128, v′ likewise.
 * `width`, `height` are those of the chroma planes; luma has twice as many columns and rows.
 */
export function convertColours(
  luma: usize,
  lumaStride: usize,
  u: usize,
  v: usize,
  chromaStride: usize,
  width: usize,
  height: usize,
  yy: i32,
  yu: i32,
  yv: i32,
  uu: i32,
  uv: i32,
  vu: i32,
  vv: i32,
  lift: i32,
): void {
  const yyx8 = i16x8.splat(<i16>yy);
  const yux8 = i16x8.splat(<i16>yu);
  const yvx8 = i16x8.splat(<i16>yv);
  const uux8 = i16x8.splat(<i16>uu);
  const uvx8 = i16x8.splat(<i16>uv);
  const vux8 = i16x8.splat(<i16>vu);
  const vvx8 = i16x8.splat(<i16>vv);
  const liftx8 = i16x8.splat(<i16>(lift + 32));
  const grey = i16x8.splat(8192 + 32);
  const zero = i16x8.splat(128);
  const none = i8x16.splat(0);
  // Between limited ranges luma is only moved, by less than a signed byte holds: then sixteen are done at once.
  const moved = yy === 0x4000 && lift === 0 && abs(yu) + abs(yv) <= MOST_MOVE;
  for (let y: usize = 0; y < height; y += 1) {
    const top = luma + 2 * y * lumaStride;
    const us = u + y * chromaStride;
    const vs = v + y * chromaStride;
    let x: usize = 0;
    for (; x + 8 <= width; x += 8) {
      const du = i16x8.shl(i16x8.sub(v128.load8x8_u(us + x), zero), 7);
      const dv = i16x8.shl(i16x8.sub(v128.load8x8_u(vs + x), zero), 7);
      const tint = i16x8.add(i16x8.add(i16x8.q15mulr_sat_s(du, yux8), i16x8.q15mulr_sat_s(dv, yvx8)), liftx8);
      if (moved) {
        const steps = i16x8.shr_s(tint, 6);
        const eight = i8x16.narrow_i16x8_s(steps, steps);
        const step = i8x16.shuffle(eight, eight, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7);
        const up = i8x16.max_s(step, none);
        const down = i8x16.max_s(i8x16.neg(step), none);
        for (let row: usize = 0; row < 2; row += 1) {
          const at = top + row * lumaStride + 2 * x;
          v128.store(at, i8x16.sub_sat_u(i8x16.add_sat_u(v128.load(at), up), down));
        }
      } else {
        const left = i8x16.shuffle(tint, tint, 0, 1, 0, 1, 2, 3, 2, 3, 4, 5, 4, 5, 6, 7, 6, 7);
        const right = i8x16.shuffle(tint, tint, 8, 9, 8, 9, 10, 11, 10, 11, 12, 13, 12, 13, 14, 15, 14, 15);
        for (let row: usize = 0; row < 2; row += 1) {
          const at = top + row * lumaStride + 2 * x;
          const bytes = v128.load(at);
          const a = i16x8.shl(i16x8.extend_low_i8x16_u(bytes), 7);
          const b = i16x8.shl(i16x8.extend_high_i8x16_u(bytes), 7);
          // Only this sum can leave 16 bits: its greatest and least stay beyond what a byte holds.
          v128.store(
            at,
            i8x16.narrow_i16x8_u(
              i16x8.shr_s(i16x8.add_sat_s(i16x8.q15mulr_sat_s(a, yyx8), left), 6),
              i16x8.shr_s(i16x8.add_sat_s(i16x8.q15mulr_sat_s(b, yyx8), right), 6),
            ),
          );
        }
      }
      const u2 = i16x8.add(i16x8.add(i16x8.q15mulr_sat_s(du, uux8), i16x8.q15mulr_sat_s(dv, uvx8)), grey);
      const v2 = i16x8.add(i16x8.add(i16x8.q15mulr_sat_s(du, vux8), i16x8.q15mulr_sat_s(dv, vvx8)), grey);
      const both = i8x16.narrow_i16x8_u(i16x8.shr_s(u2, 6), i16x8.shr_s(v2, 6));
      v128.store64_lane(us + x, both, 0);
      v128.store64_lane(vs + x, both, 1);
    }
    for (; x < width; x += 1) {
      const du = (<i32>load<u8>(us + x) - 128) << 7;
      const dv = (<i32>load<u8>(vs + x) - 128) << 7;
      const tint = part(du, yu) + part(dv, yv) + lift;
      for (let row: usize = 0; row < 2; row += 1) {
        const at = top + row * lumaStride + 2 * x;
        store<u8>(at, byte(part((<i32>load<u8>(at)) << 7, yy) + tint));
        store<u8>(at, byte(part((<i32>load<u8>(at, 1)) << 7, yy) + tint), 1);
      }
      store<u8>(us + x, byte(part(du, uu) + part(dv, uv) + 8192));
      store<u8>(vs + x, byte(part(du, vu) + part(dv, vv) + 8192));
    }
  }
}
