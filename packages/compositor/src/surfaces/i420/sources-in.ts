import type { SourceId } from '@streamus/studio';
import type { DrawItem } from '../../draw-item.ts';
import type { StagedFrame } from './stage-frame.ts';

/** What each source shows. */
export type Frames = ReadonlyMap<SourceId, StagedFrame | undefined>;

/** Of pictures that are in no layer. */
export function framesIn(
  items: readonly DrawItem[],
  frame: (source: SourceId) => StagedFrame | undefined,
): Frames {
  const sources = items.flatMap((item) => (item.kind === 'picture' ? item.source : []));
  return new Map(sources.map((source) => [source, frame(source)]));
}

/** How often each source is drawn. */
export function countUses(
  items: readonly DrawItem[],
  uses = new Map<SourceId, number>(),
): ReadonlyMap<SourceId, number> {
  for (const item of items) {
    if (item.kind === 'picture') uses.set(item.source, (uses.get(item.source) ?? 0) + 1);
    if (item.kind === 'layer') countUses(item.items, uses);
  }
  return uses;
}
