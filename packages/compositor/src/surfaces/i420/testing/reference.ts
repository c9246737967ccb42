/** What the kernels do, slowly and obviously (SPEC.md). Pictures are rows of numbers. */
export type Rows = readonly (readonly number[])[];

export const rowsOf = (width: number, height: number, value: (x: number, y: number) => number): Rows =>
  Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => value(x, y)));

/** Beyond its edges a picture goes on with its last column and row. */
export function pixel(rows: Rows, x: number, y: number): number {
  const row = rows[Math.min(Math.max(y, 0), rows.length - 1)] ?? [];
  return row[Math.min(Math.max(x, 0), row.length - 1)] ?? Number.NaN;
}

const widthOf = (rows: Rows): number => rows[0]?.length ?? 0;
const share = (value: number): number => Math.round(value / 255);
const byte = (value: number): number => Math.min(255, Math.max(0, value));

/** K1. */
export function mean2x2(rows: Rows, x: number, y: number): number {
  const sum = [0, 1, 2, 3].reduce((all, n) => all + pixel(rows, 2 * x + (n % 2), 2 * y + (n >> 1)), 0);
  return Math.floor((sum + 2) / 4);
}

export const halve = (rows: Rows): Rows =>
  rowsOf(Math.ceil(widthOf(rows) / 2), Math.ceil(rows.length / 2), (x, y) => mean2x2(rows, x, y));

/** K2. */
export const mix = (dst: Rows, src: Rows, opacity: number): Rows =>
  rowsOf(widthOf(dst), dst.length, (x, y) =>
    share(pixel(src, x, y) * opacity + pixel(dst, x, y) * (255 - opacity)),
  );

/** K3. */
export function turn(rows: Rows, quarters: number, flip: boolean): Rows {
  let turned = rows;
  for (let n = 0; n < quarters; n += 1) {
    const before = turned;
    turned = rowsOf(before.length, widthOf(before), (x, y) => pixel(before, y, before.length - 1 - x));
  }
  return flip ? turned.map((row) => [...row].reverse()) : turned;
}

/** K5. */
export function scale(
  src: Rows,
  width: number,
  height: number,
  first: { readonly x: number; readonly y: number },
  step: { readonly x: number; readonly y: number },
): Rows {
  const place = (index: number, from: number, by: number, size: number): number =>
    Math.min(Math.max(from + index * by, 0), (size - 1) * 65_536);
  const weight = (at: number): number => Math.floor(((at % 65_536) + 256) / 512);
  return rowsOf(width, height, (x, y) => {
    const [px, py] = [place(x, first.x, step.x, widthOf(src)), place(y, first.y, step.y, src.length)];
    const [left, top] = [Math.floor(px / 65_536), Math.floor(py / 65_536)];
    const column = (at: number): number => between(pixel(src, at, top), pixel(src, at, top + 1), weight(py));
    return between(column(left), column(left + 1), weight(px));
  });
}

const between = (a: number, b: number, weight: number): number =>
  Math.floor((a * (128 - weight) + b * weight + 64) / 128);

type Yuv = readonly [y: number, u: number, v: number];

/** K6 of one pixel. */
export function convert([y, u, v]: Yuv, factors: readonly number[]): Yuv {
  const [yy = 0, yu = 0, yv = 0, uu = 0, uv = 0, vu = 0, vv = 0, lift = 0] = factors;
  const part = (value: number, factor: number): number =>
    Math.floor((value * 128 * factor + 16_384) / 32_768);
  const whole = (sixtyFourths: number): number => byte(Math.floor((sixtyFourths + 32) / 64));
  const [du, dv] = [u - 128, v - 128];
  return [
    whole(part(y, yy) + part(du, yu) + part(dv, yv) + lift),
    whole(part(du, uu) + part(dv, uv) + 8192),
    whole(part(du, vu) + part(dv, vv) + 8192),
  ];
}

/** Limited BT.709 of R′G′B′ 0..255, not rounded. */
export function yuv709(r: number, g: number, b: number): Yuv {
  const luma = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const [cb, cr] = [(b - luma) / 1.8556, (r - luma) / 1.5748];
  return [16 + (219 * luma) / 255, 128 + (224 * cb) / 255, 128 + (224 * cr) / 255];
}

/** K9, and K10 for averages. */
export function lay(dst: number, value: number, alpha: number, opacity: number): number {
  return Math.min(255, share(value * opacity) + share(dst * (255 - share(alpha * opacity))));
}

/** K11, and K12 for averages. */
export const keep = (dst: number, under: number, mask: number): number =>
  share(dst * mask + under * (255 - mask));
