import type { Rect } from '@streamus/studio';
import { cornerMask, turnedMask } from './corner-mask.ts';
import type { Address, Heap } from './heap.ts';
import { intersection, isEmpty } from './planes.ts';

/** What of each corner of a box is inside the clip, and where its mask begins. */
export function cornersOf(box: Rect, side: number, clip: Rect, mask: CornerMasks) {
  return [0, 1, 2, 3].flatMap((n) => {
    const [right, bottom] = [n % 2 === 1, n >= 2];
    const whole = {
      x: right ? box.x + box.width - side : box.x,
      y: bottom ? box.y + box.height - side : box.y,
      width: side,
      height: side,
    };
    const part = intersection(halfOf(whole, box, right, bottom), clip);
    if (isEmpty(part)) return [];
    const offset = (part.y - whole.y) * side + (part.x - whole.x);
    return [{ place: part, mask: mask.at + n * side * side + offset }];
  });
}

/** Corners of a narrow box meet in its middle: each keeps its own half. */
function halfOf(corner: Rect, box: Rect, right: boolean, bottom: boolean): Rect {
  const middleX = box.x + 2 * Math.ceil(box.width / 4);
  const middleY = box.y + 2 * Math.ceil(box.height / 4);
  return intersection(corner, {
    x: right ? middleX : box.x,
    y: bottom ? middleY : box.y,
    width: right ? box.x + box.width - middleX : middleX - box.x,
    height: bottom ? box.y + box.height - middleY : middleY - box.y,
  });
}

/** Of the four corners, one after the other: left and right above, left and right below. */
export interface CornerMasks {
  readonly at: Address;
}

/** Inside the corner; with a line: everything but the line along it. */
export function makeMasks(
  memory: WebAssembly.Memory,
  heap: Heap,
  { side, radius, line }: { readonly side: number; readonly radius: number; readonly line: number },
): CornerMasks {
  const outer = cornerMask(side, radius);
  const inner = cornerMask(side, Math.max(0, radius - line), line);
  const mask = line === 0 ? outer : outer.map((cover, n) => 255 - Math.max(0, cover - (inner[n] ?? 0)));
  const at = heap.take(4 * side * side);
  const bytes = new Uint8Array(memory.buffer);
  for (const n of [0, 1, 2, 3]) bytes.set(turnedMask(mask, side, n % 2 === 1, n >= 2), at + n * side * side);
  return { at };
}
