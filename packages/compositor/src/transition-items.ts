import type { Rect, Transition } from '@streamus/studio';
import type { DrawItem, LayerItem, Size } from './draw-item.ts';

/** How far a transition is after its share of time `linear`, 0..1. */
export function eased(easing: Transition['easing'], linear: number): number {
  const t = Math.min(1, Math.max(0, linear));
  switch (easing) {
    case 'linear':
      return t;
    case 'ease-in':
      return t * t;
    case 'ease-out':
      return 1 - (1 - t) * (1 - t);
    case 'ease-in-out':
      return t < 0.5 ? 2 * t * t : 1 - 2 * (1 - t) * (1 - t);
  }
}

function layer(items: readonly DrawItem[], change: Partial<Omit<LayerItem, 'kind' | 'items'>>): LayerItem {
  return { kind: 'layer', items, opacity: 1, x: 0, y: 0, clip: null, ...change };
}

/** The direction as a step to the right and down. */
function stepOf(direction: Transition['direction']): { x: number; y: number } {
  switch (direction) {
    case 'left':
      return { x: -1, y: 0 };
    case 'right':
      return { x: 1, y: 0 };
    case 'up':
      return { x: 0, y: -1 };
    case 'down':
      return { x: 0, y: 1 };
  }
}

/** Whole chroma samples: no edge is odd on the way either. */
const evenly = (length: number): number => 2 * Math.round(length / 2);

/** What a wipe has uncovered: it begins at the side the direction comes from. */
function uncovered(direction: Transition['direction'], progress: number, { width, height }: Size): Rect {
  const w = evenly(width * progress);
  const h = evenly(height * progress);
  switch (direction) {
    case 'left':
      return { x: width - w, y: 0, width: w, height };
    case 'right':
      return { x: 0, y: 0, width: w, height };
    case 'up':
      return { x: 0, y: height - h, width, height: h };
    case 'down':
      return { x: 0, y: 0, width, height: h };
  }
}

/**
 * Two pictures on the way from one to the other. The ends are exact: at 0 the old one, at 1 the new one, alone.
 * @param linear share of the transition's time, 0..1
 */
export function transitionItems(
  before: readonly DrawItem[],
  after: readonly DrawItem[],
  transition: Transition,
  linear: number,
  size: Size,
): readonly DrawItem[] {
  const progress = eased(transition.easing, linear);
  if (progress <= 0) return before;
  if (progress >= 1) return after;
  switch (transition.kind) {
    case 'cut':
      return after;
    case 'fade':
      return [...before, layer(after, { opacity: progress })];
    case 'slide': {
      const step = stepOf(transition.direction);
      const x = evenly(step.x * progress * size.width);
      const y = evenly(step.y * progress * size.height);
      return [
        layer(before, { x, y }),
        layer(after, { x: x - step.x * size.width, y: y - step.y * size.height }),
      ];
    }
    case 'wipe':
      return [...before, layer(after, { clip: uncovered(transition.direction, progress, size) })];
  }
}
