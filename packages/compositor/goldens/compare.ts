import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** How far a painted picture is from the golden one. */
export interface Difference {
  /** Share of the pixels that look different; where the difference is an antialiased edge, it does not count. */
  readonly share: number;
  /** Nine of ten channels of all pixels differ by no more than this: what large areas differ by, edges and letters aside. */
  readonly levels: number;
  /** How far, in pixels, edges lie beside those of the golden picture: the greater of right and down. */
  readonly shift: number;
  readonly picture: PNG;
}

/** Colour distance (0..1) below which two pixels are alike: antialiasing and rasterisers differ a little. */
const PIXEL_TOLERANCE = 0.12;

export function difference(golden: PNG, painted: PNG): Difference {
  const { width, height } = golden;
  const picture = new PNG({ width, height });
  const options = { threshold: PIXEL_TOLERANCE };
  const count = pixelmatch(golden.data, painted.data, picture.data, width, height, options);
  const counts = new Array<number>(256).fill(0);
  for (const [index, value] of golden.data.entries()) {
    if (index % 4 === 3) continue;
    const by = Math.abs(value - (painted.data[index] ?? 0));
    counts[by] = (counts[by] ?? 0) + 1;
  }
  let left = 0.9 * 3 * width * height;
  const levels = counts.findIndex((n) => {
    left -= n;
    return left <= 0;
  });
  const shift = Math.max(
    Math.abs(shiftAlong(golden, painted, 1, 0)),
    Math.abs(shiftAlong(golden, painted, 0, 1)),
  );
  return { share: count / (width * height), levels, shift, picture };
}

/** Least squares: a picture moved by little differs by its slope times the way (Lucas and Kanade, 1981). */
function shiftAlong(golden: PNG, painted: PNG, x: number, y: number): number {
  const { width, height } = golden;
  const step = x + y * width;
  let [together, slopes] = [0, 0];
  for (let at = step; at < width * height - step; at += 1) {
    const slope = (luma(golden, at - step) - luma(golden, at + step)) / 2;
    together += (luma(painted, at) - luma(golden, at)) * slope;
    slopes += slope * slope;
  }
  return slopes === 0 ? 0 : together / slopes;
}

function luma({ data }: PNG, at: number): number {
  return 0.2126 * (data[4 * at] ?? 0) + 0.7152 * (data[4 * at + 1] ?? 0) + 0.0722 * (data[4 * at + 2] ?? 0);
}
