import type { StudioDocument } from '../document.ts';
import type { PersonId } from '../ids.ts';
import type { Patch, UndoStep } from './history.ts';

/**
 * The histories after a change by somebody else: whatever it touched is theirs now and nobody undoes it. `by`
 * keeps what they have. SPEC U3.
 */
export function forgetTouched(
  histories: StudioDocument['history'],
  patches: readonly Patch[],
  by: PersonId | null,
): StudioDocument['history'] {
  const keys = patches.flatMap((patch) => [placeTouched(patch), ...placesUsed(patch)]);
  const entries = Object.entries(histories).map(([person, history]) => {
    if (person === by) return [person, history] as const;
    const undo = keepFree(history.undo, keys);
    const redo = keepFree(history.redo, keys);
    const same = undo === history.undo && redo === history.redo;
    return [person, same ? history : { ...history, undo, redo }] as const;
  });
  return Object.fromEntries(entries);
}

/** The same list when nothing in it is touched. */
function keepFree(steps: UndoStep[], keys: readonly string[]): UndoStep[] {
  const isFree = (patch: Patch) => !keys.some((key) => overlap(placeTouched(patch), key));
  if (steps.every(({ patches }) => patches.every(isFree))) return steps;
  return steps
    .map((step) => ({ ...step, patches: step.patches.filter(isFree) }))
    .filter(({ patches }) => patches.length > 0);
}

function overlap(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

/** Where in the document a patch is; an order belongs to what is ordered. */
function placeTouched(patch: Patch): string {
  switch (patch.kind) {
    case 'field':
      return patch.path.join('/');
    case 'entity':
      return `${patch.of}/${patch.id}`;
    case 'item':
      if (patch.path[0] === 'sceneOrder') return `scenes/${patch.item}/order`;
      if (patch.path[0] === 'overlayOrder') return `overlays/${patch.item}/order`;
      return [...patch.path, patch.item].join('/');
  }
}

/** What a change relies on: an overlay that is shown or a layout that is used must not be unmade by undo. */
function placesUsed(patch: Patch): string[] {
  switch (patch.kind) {
    case 'item': {
      const list = patch.path.at(-1);
      const shows = patch.after !== null && (list === 'shown' || list === 'shownEverywhere');
      return shows ? [`overlays/${patch.item}/used`] : [];
    }
    case 'field':
      return patch.path.at(-1) === 'layout' ? layoutUsed(patch.after) : [];
    case 'entity':
      return patch.of === 'scenes' ? usedByScene(patch.after) : [];
  }
}

function usedByScene(scene: unknown): string[] {
  if (typeof scene !== 'object' || scene === null) return [];
  const shown = 'shown' in scene && Array.isArray(scene.shown) ? scene.shown : [];
  return [
    ...shown.map((id) => `overlays/${String(id)}/used`),
    ...('layout' in scene ? layoutUsed(scene.layout) : []),
  ];
}

function layoutUsed(choice: unknown): string[] {
  const own = typeof choice === 'object' && choice !== null && 'layout' in choice;
  return own ? [`layouts/${String(choice.layout)}/used`] : [];
}
