import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import type { Part } from './kinds.ts';

/** How far a painted picture is from the golden one. */
export interface Difference {
  /** Share of the pixels that look different; where the difference is an antialiased edge, it does not count. */
  readonly share: number;
  /** Nine of ten channels of all pixels differ by no more than this: what large areas differ by, edges and letters aside. */
  readonly levels: number;
  /** How far, in pixels, edges lie beside those of the golden picture: the greater of right and down. */
  readonly shift: number;
  /** The worst of all parts. */
  readonly part: PartDifference;
  readonly picture: PNG;
}

export interface PartDifference {
  /** Share of the pixels that are brighter or darker in a square of the size of a letter, the worst of all. */
  readonly share: number;
  readonly shift: number;
}

/** Colour distance (0..1) below which two pixels are alike: antialiasing and rasterisers differ a little. */
const PIXEL_TOLERANCE = 0.12;
/** Levels of luma, which unlike colour is sharp in 4:2:0. */
const LUMA_TOLERANCE = 24;
/** Of a letter of the smallest text, in pixels; squares overlap by half. */
const LETTER = 10;

export function difference(golden: PNG, painted: PNG, parts: readonly Part[]): Difference {
  const { width, height } = golden;
  const picture = new PNG({ width, height });
  const options = { threshold: PIXEL_TOLERANCE };
  const count = pixelmatch(golden.data, painted.data, picture.data, width, height, options);
  const lumas = [lumaOf(golden), lumaOf(painted)] as const;
  return {
    share: count / (width * height),
    levels: levelsOf(golden, painted),
    shift: shiftIn(lumas, width, { x: 0, y: 0, width, height }),
    part: {
      share: Math.max(0, ...parts.map((part) => worstSquare(lumas, width, part))),
      shift: Math.max(0, ...parts.map((part) => shiftIn(lumas, width, part))),
    },
    picture,
  };
}

function levelsOf(golden: PNG, painted: PNG): number {
  const counts = new Array<number>(256).fill(0);
  for (let index = 0; index < golden.data.length; index += 1) {
    if (index % 4 === 3) continue;
    const by = Math.abs((golden.data[index] ?? 0) - (painted.data[index] ?? 0));
    counts[by] = (counts[by] ?? 0) + 1;
  }
  let left = (0.9 * 3 * golden.data.length) / 4;
  return counts.findIndex((n) => {
    left -= n;
    return left <= 0;
  });
}

/** Of the golden picture and the painted one. */
type Lumas = readonly [Float32Array, Float32Array];
type Box = Omit<Part, 'what'>;

function worstSquare([golden, painted]: Lumas, width: number, part: Box): number {
  const isDifferent = (x: number, y: number): boolean => {
    const at = y * width + x;
    return Math.abs((golden[at] ?? 0) - (painted[at] ?? 0)) > LUMA_TOLERANCE;
  };
  let worst = 0;
  for (let top = part.y; top < part.y + part.height; top += LETTER / 2) {
    for (let left = part.x; left < part.x + part.width; left += LETTER / 2) {
      let count = 0;
      for (let y = top; y < Math.min(top + LETTER, part.y + part.height); y += 1)
        for (let x = left; x < Math.min(left + LETTER, part.x + part.width); x += 1)
          if (isDifferent(x, y)) count += 1;
      worst = Math.max(worst, count / (LETTER * LETTER));
    }
  }
  return worst;
}

/** Slopes, squared, that rounding makes: where there is nothing else, nothing can be seen to move. */
const NOISE = 4;

/** Least squares: a picture moved by little differs by its slope times the way (Lucas and Kanade, 1981). */
function shiftIn([golden, painted]: Lumas, width: number, box: Box): number {
  const along = (step: number): number => {
    let [together, slopes] = [0, NOISE * box.width * box.height];
    for (let y = box.y + 1; y < box.y + box.height - 1; y += 1) {
      for (let at = y * width + box.x + 1; at < y * width + box.x + box.width - 1; at += 1) {
        const slope = ((golden[at - step] ?? 0) - (golden[at + step] ?? 0)) / 2;
        together += ((painted[at] ?? 0) - (golden[at] ?? 0)) * slope;
        slopes += slope * slope;
      }
    }
    return Math.abs(together / slopes);
  };
  return Math.max(along(1), along(width));
}

function lumaOf({ data, width, height }: PNG): Float32Array {
  const luma = new Float32Array(width * height);
  for (let at = 0; at < luma.length; at += 1) {
    luma[at] =
      0.2126 * (data[4 * at] ?? 0) + 0.7152 * (data[4 * at + 1] ?? 0) + 0.0722 * (data[4 * at + 2] ?? 0);
  }
  return luma;
}
