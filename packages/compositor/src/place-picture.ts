import { type Box, type Crop, type Rect, WHOLE } from '@streamus/studio';
import type { Size } from './draw-item.ts';

/** An ImageBitmap's sizes are no properties of its own: a spread would lose them. */
export function wholeOf({ width, height }: Size): Rect {
  return { x: 0, y: 0, width, height };
}

/** What a crop leaves of a picture of `size`. */
function cropped(crop: Crop, { width, height }: Size): Rect {
  const x = (width * crop.left) / WHOLE;
  const y = (height * crop.top) / WHOLE;
  return {
    x,
    y,
    width: width - x - (width * crop.right) / WHOLE,
    height: height - y - (height * crop.bottom) / WHOLE,
  };
}

/**
 * Which part of a picture of `size` goes where in `box`: cut to fill it, or whole in its middle. Edges of a whole picture
 * are even (SPEC L2 of the studio), which stretches it by less than a pixel.
 */
export function placePicture(
  fit: Box['fit'],
  box: Rect,
  size: Size,
  crop: Crop | null = null,
): { from: Rect; to: Rect } {
  const seen = crop === null ? wholeOf(size) : cropped(crop, size);
  if (fit === 'cover') {
    const scale = Math.max(box.width / seen.width, box.height / seen.height);
    const width = Math.min(seen.width, box.width / scale);
    const height = Math.min(seen.height, box.height / scale);
    return {
      from: {
        x: seen.x + (seen.width - width) / 2,
        y: seen.y + (seen.height - height) / 2,
        width,
        height,
      },
      to: box,
    };
  }
  const scale = Math.min(box.width / seen.width, box.height / seen.height);
  const width = Math.min(box.width, seen.width * scale);
  const height = Math.min(box.height, seen.height * scale);
  return {
    from: seen,
    to: seenEven({ x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height }),
  };
}

/** Even edges, and never so narrow that nothing is left. */
function seenEven(rect: Rect): Rect {
  const { x, y, width, height } = nearestEven(rect);
  return {
    x: width > 0 ? x : 2 * Math.floor(rect.x / 2),
    y: height > 0 ? y : 2 * Math.floor(rect.y / 2),
    width: Math.max(2, width),
    height: Math.max(2, height),
  };
}

/** Edges moved to the nearest even ones: an odd edge would go through the middle of a chroma sample. */
export function nearestEven({ x, y, width, height }: Rect): Rect {
  const [left, top] = [2 * Math.round(x / 2), 2 * Math.round(y / 2)];
  const [right, bottom] = [2 * Math.round((x + width) / 2), 2 * Math.round((y + height) / 2)];
  return { x: left, y: top, width: right - left, height: bottom - top };
}
