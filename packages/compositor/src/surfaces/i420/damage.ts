import type { Rect, SourceId } from '@streamus/studio';
import type { DrawItem, Size } from '../../draw-item.ts';
import { nearestEven } from '../../place-picture.ts';
import { intersection, isEmpty } from './planes.ts';

/**
 * Where a picture that was painted of `items` has to be painted again when nothing but frames of some sources has changed.
 * Null: everywhere, because what is drawn there takes more than its own place in.
 */
export function damageOf(
  items: readonly DrawItem[],
  size: Size,
  hasChanged: (source: SourceId) => boolean,
): readonly Rect[] | null {
  // Whatever else is lowest would be laid over itself.
  if (items[0]?.kind !== 'fill') return null;
  const boxes: { readonly box: Rect; readonly changed: boolean }[] = [];
  for (const item of items) {
    if (item.kind === 'layer') return null;
    if (item.kind !== 'picture') continue;
    const box = intersection(nearestEven(item.box), { x: 0, y: 0, ...size });
    if (!isEmpty(box)) boxes.push({ box, changed: hasChanged(item.source) });
  }
  const changed = boxes.filter((one) => one.changed);
  // A part of a frame, scaled by itself, is not quite the part of the scaled frame: every picture is drawn whole.
  const meets = changed.some((one) =>
    boxes.some((other) => other !== one && !isEmpty(intersection(one.box, other.box))),
  );
  return meets ? null : changed.map(({ box }) => box);
}

/** The items of which something can be seen in `clip`: not those below one that covers it. */
export function seenIn(items: readonly DrawItem[], clip: Rect): readonly DrawItem[] {
  const upwards = items.map((item) => covers(item, clip));
  return items.slice(Math.max(0, upwards.lastIndexOf(true)));
}

function covers(item: DrawItem, clip: Rect): boolean {
  if (item.kind === 'fill') return true;
  if (item.kind !== 'picture' || item.radius > 0) return false;
  const { width, height } = intersection(nearestEven(item.box), clip);
  return width === clip.width && height === clip.height;
}
