/** Rounded x / 255 for x ≤ 65,025, the product of two bytes. */
export function div255(x: u32): u32 {
  const rounded = x + 128;
  return (rounded + (rounded >> 8)) >> 8;
}

/** The same for eight at once. */
export function div255x8(x: v128): v128 {
  const rounded = i16x8.add(x, i16x8.splat(128));
  return i16x8.shr_u(i16x8.add(rounded, i16x8.shr_u(rounded, 8)), 8);
}

/** Products of the lower and upper bytes of two vectors, each divided by 255, as bytes. */
export function share(a: v128, b: v128): v128 {
  return i8x16.narrow_i16x8_u(
    div255x8(i16x8.extmul_low_i8x16_u(a, b)),
    div255x8(i16x8.extmul_high_i8x16_u(a, b)),
  );
}

/** a · share + b · (255 − share), divided by 255, for bytes. */
export function mix(a: v128, b: v128, shareOfA: v128): v128 {
  const shareOfB = v128.not(shareOfA);
  return i8x16.narrow_i16x8_u(
    div255x8(i16x8.add(i16x8.extmul_low_i8x16_u(a, shareOfA), i16x8.extmul_low_i8x16_u(b, shareOfB))),
    div255x8(i16x8.add(i16x8.extmul_high_i8x16_u(a, shareOfA), i16x8.extmul_high_i8x16_u(b, shareOfB))),
  );
}

/** Averages of 2 × 2 bytes: sixteen columns of each of two rows to eight sums of 16 bits, divided. */
export function average(top: v128, bottom: v128): v128 {
  const sums = i16x8.add(i16x8.extadd_pairwise_i8x16_u(top), i16x8.extadd_pairwise_i8x16_u(bottom));
  return i16x8.shr_u(i16x8.add(sums, i16x8.splat(2)), 2);
}

/** Thirty-two columns of two rows to sixteen averages. */
export function average16(top: usize, bottom: usize): v128 {
  return i8x16.narrow_i16x8_u(
    average(v128.load(top), v128.load(bottom)),
    average(v128.load(top, 16), v128.load(bottom, 16)),
  );
}

/** One average of 2 × 2. */
export function averageOne(top: usize, bottom: usize): u32 {
  return (<u32>load<u8>(top) + load<u8>(top, 1) + load<u8>(bottom) + load<u8>(bottom, 1) + 2) >> 2;
}
