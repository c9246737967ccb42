/** Of an I420 sample, limited BT.709. */
export interface Colour {
  readonly y: number;
  readonly u: number;
  readonly v: number;
}

/** How much red and blue weigh in luma (ITU-R BT.709, BT.601, BT.2020). */
const WEIGHTS = {
  bt709: { red: 0.2126, blue: 0.0722 },
  bt601: { red: 0.299, blue: 0.114 },
  bt2020: { red: 0.2627, blue: 0.0593 },
} as const;
type Weights = (typeof WEIGHTS)[keyof typeof WEIGHTS];

/** What a frame says about itself. */
export interface TaggedColours {
  readonly matrix: string | null;
  readonly fullRange: boolean | null;
}

/**
 * Untagged frames are BT.601 limited, as for Chromium's own painting of them (`kRec601_Limited` where a frame's colour
 * space is not valid): all surfaces show the same picture then.
 */
function weightsOf(matrix: string | null): Weights {
  switch (matrix) {
    case 'bt709':
      return WEIGHTS.bt709;
    case 'bt2020-ncl':
      return WEIGHTS.bt2020;
    default:
      return WEIGHTS.bt601;
  }
}

/** Luma 0..1 and colour differences −½..½ of linear combinations of R′, G′, B′ (0..1). */
function differences([r, g, b]: Rgb, { red, blue }: Weights): readonly [number, number, number] {
  const luma = red * r + (1 - red - blue) * g + blue * b;
  return [luma, (b - luma) / (2 * (1 - blue)), (r - luma) / (2 * (1 - red))];
}

type Rgb = readonly [number, number, number];

function rgbOf(luma: number, cb: number, cr: number, { red, blue }: Weights): Rgb {
  const r = luma + 2 * (1 - red) * cr;
  const b = luma + 2 * (1 - blue) * cb;
  return [r, (luma - red * r - blue * b) / (1 - red - blue), b];
}

/** `convertColours`' last arguments. */
export type Factors = readonly [
  yy: number,
  yu: number,
  yv: number,
  uu: number,
  uv: number,
  vu: number,
  vv: number,
  lift: number,
];

/** From a frame's colours to limited BT.709; null: they are. */
export function factorsOf({ matrix, fullRange }: TaggedColours): Factors | null {
  const weights = weightsOf(matrix);
  const full = fullRange === true;
  if (weights === WEIGHTS.bt709 && !full) return null;
  const range = full ? { base: 0, luma: 255, chroma: 255 } : { base: 16, luma: 219, chroma: 224 };
  /** What one step of one input sample adds to the outputs. */
  const step = (luma: number, cb: number, cr: number): readonly [number, number, number] => {
    const rgb = rgbOf(luma / range.luma, cb / range.chroma, cr / range.chroma, weights);
    const [y, u, v] = differences(rgb, WEIGHTS.bt709);
    return [219 * y, 224 * u, 224 * v];
  };
  const [yy] = step(1, 0, 0);
  const [yu, uu, vu] = step(0, 1, 0);
  const [yv, uv, vv] = step(0, 0, 1);
  const parts = [yy, yu, yv, uu, uv, vu, vv].map((factor) => Math.round(factor * 16_384));
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0] = parts;
  return [a, b, c, d, e, f, g, Math.round((16 - yy * range.base) * 64)];
}

/** `#rrggbb` as it is in the programme. */
export function colourOf(hex: string): Colour {
  const channel = (from: number): number => Number.parseInt(hex.slice(from, from + 2), 16) / 255;
  const [y, u, v] = differences([channel(1), channel(3), channel(5)], WEIGHTS.bt709);
  return { y: Math.round(16 + 219 * y), u: Math.round(128 + 224 * u), v: Math.round(128 + 224 * v) };
}
