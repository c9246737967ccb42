/** Points each way in a pixel at which a curve is sampled: 1/64 is finer than a level of 8-bit chroma at any corner. */
const POINTS = 8;

/**
 * How far (0..255) each pixel of a `side` × `side` square is inside a corner of `radius` whose curve begins at the
 * square's upper left; the curve starts `inset` pixels from both edges. Row by row.
 */
export function cornerMask(side: number, radius: number, inset = 0): Uint8Array {
  const mask = new Uint8Array(side * side);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      mask[y * side + x] = coverage(x - inset, y - inset, radius);
    }
  }
  return mask;
}

function coverage(x: number, y: number, radius: number): number {
  // Only where the curve is, points differ.
  const corners = [0, 1, 2, 3].filter((n) => isInside(x + (n % 2), y + (n >> 1), radius)).length;
  const straight = x < 0 || y < 0 || x + 1 >= radius || y + 1 >= radius;
  if (corners === 4 && x >= 0 && y >= 0) return 255;
  if (corners === 0 && !straight) return 0;
  let inside = 0;
  for (let point = 0; point < POINTS * POINTS; point += 1) {
    const px = x + ((point % POINTS) + 0.5) / POINTS;
    const py = y + (Math.floor(point / POINTS) + 0.5) / POINTS;
    if (isInside(px, py, radius)) inside += 1;
  }
  return Math.round((inside * 255) / (POINTS * POINTS));
}

function isInside(x: number, y: number, radius: number): boolean {
  if (x < 0 || y < 0) return false;
  if (x >= radius || y >= radius) return true;
  return (radius - x) ** 2 + (radius - y) ** 2 <= radius ** 2;
}

/** The same corner at another end of its box. */
export function turnedMask(mask: Uint8Array, side: number, right: boolean, bottom: boolean): Uint8Array {
  return mask.map((_, index) => {
    const [x, y] = [index % side, Math.floor(index / side)];
    return mask[(bottom ? side - 1 - y : y) * side + (right ? side - 1 - x : x)] ?? 0;
  });
}
