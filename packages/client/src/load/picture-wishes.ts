import { type Box, type SourceId, WHOLE } from '@streamus/studio';
import type { PictureWish } from '../picture-demand.ts';
import type { Rung } from './ladder.ts';

/** Of cameras that lie (16:9) or stand (9:16); wider or narrower ones get a layer that is a little too small. */
const WIDE = 16 / 9;
/** A box this much larger than any other is what people look at. */
const FOCUS_SHARE = 1.5;
/** Of people who listen, at half the rate of a camera; of a programme that has lost its own rate, less. */
const OFF_FOCUS_FPS: Readonly<Record<Rung, number | null>> = {
  full: null,
  'small-pictures': null,
  'few-frames': 15,
  slow: 10,
  'low-rate': 10,
};
/** From the second rung on the next smaller layer is asked for: layers halve (publications.ts). */
const SMALL = 0.5;

/** What the composer asks the room for: pictures that fit the boxes, as far as the ladder's rung allows. */
export function pictureWishes(
  boxes: readonly Box[],
  speaker: SourceId | null,
  rung: Rung,
): ReadonlyMap<SourceId, PictureWish> {
  const focus = largestOf(boxes);
  const scale = rung === 'full' ? 1 : SMALL;
  return new Map(
    boxes.map((box) => {
      const { width, height } = needed(box);
      const inFocus = box.source === focus || box.source === speaker;
      const fps = inFocus ? null : OFF_FOCUS_FPS[rung];
      return [box.source, { width: Math.ceil(width * scale), height: Math.ceil(height * scale), fps }];
    }),
  );
}

/**
 * How large a picture must be to fill its box without being enlarged. The room compares the height with the layers of
 * a picture that lies, and the width with the heights of one that stands (LiveKit 1.13.5, `GetQualityForDimension`), so
 * both are answered at once, whatever shape it has.
 */
function needed({ width, height, fit, crop }: Box): { width: number; height: number } {
  const across = (width * WHOLE) / (WHOLE - crop.left - crop.right);
  const down = (height * WHOLE) / (WHOLE - crop.top - crop.bottom);
  const pick = fit === 'cover' ? Math.max : Math.min;
  return { width: pick(down, across * WIDE), height: pick(down, across / WIDE) };
}

function largestOf(boxes: readonly Box[]): SourceId | null {
  const [first, second] = [...boxes].sort((a, b) => areaOf(b) - areaOf(a));
  if (first === undefined) return null;
  return second === undefined || areaOf(first) >= FOCUS_SHARE * areaOf(second) ? first.source : null;
}

const areaOf = ({ width, height }: Box): number => width * height;
