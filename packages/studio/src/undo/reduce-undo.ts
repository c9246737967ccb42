import type { StudioDocument } from '../document.ts';
import { UNDO_LIMIT } from '../limits.ts';
import type { Role } from '../people/person.ts';
import { done, type ReduceContext, type Reduced, refused } from '../result.ts';
import { forgetTouched } from './conflicts.ts';
import { diffPlan } from './diff.ts';
import { type History, NO_HISTORY, type UndoStep } from './history.ts';
import { joinSteps } from './join-steps.ts';
import { revert } from './revert.ts';
import type { UndoCommand } from './undo-commands.ts';

/** Those who change more than their own name. */
const KEEPS_HISTORY: ReadonlySet<Role> = new Set(['host', 'co-host']);

/**
 * `after` with what was done to get there kept for `by` to undo, and what others can undo no longer forgotten. `by`
 * null: nobody can undo it. SPEC U1, U2.
 */
export function keepStep(
  before: StudioDocument,
  after: StudioDocument,
  command: string,
  { by, atMs }: Pick<ReduceContext, 'by' | 'atMs'>,
): StudioDocument {
  const patches = diffPlan(before, after);
  if (patches.length === 0) return after;
  const history = forgetTouched(after.history, patches, by);
  const role = by === null ? undefined : after.people[by]?.role;
  if (by === null || role === undefined || !KEEPS_HISTORY.has(role)) return { ...after, history };
  const own = history[by] ?? NO_HISTORY;
  const step = { step: own.lastStep + 1, atMs, command, patches };
  const undo = withStep(own, step);
  return { ...after, history: { ...history, [by]: { undo, redo: [], lastStep: step.step } } };
}

/** What one can undo after another step. Whoever has gone back begins anew: what was kept is not to be changed. */
function withStep({ undo, redo }: History, step: UndoStep): UndoStep[] {
  const newest = redo.length === 0 ? undo.at(-1) : undefined;
  const joined = newest === undefined ? null : joinSteps(newest, step);
  if (joined === null) return [...undo, step].slice(-UNDO_LIMIT);
  return joined.patches.length === 0 ? undo.slice(0, -1) : [...undo.slice(0, -1), joined];
}

/** Takes back the newest of a person's own steps that still changes anything, or does it again. SPEC U4 to U6. */
export function reduceUndo(
  document: StudioDocument,
  command: UndoCommand,
  { by, live }: ReduceContext,
): Reduced {
  const own = by === null ? undefined : document.history[by];
  const from = command.type === 'undo' ? 'undo' : 'redo';
  const newest = own?.[from].at(-1);
  if (by === null || own === undefined || newest === undefined) return refused(`nothing_to_${from}`);
  if (command.step !== undefined && command.step !== newest.step) return refused('undo_outdated');
  for (let left = own[from]; ; left = left.slice(0, -1)) {
    const step = left.at(-1);
    if (step === undefined) return refused('undo_outdated');
    if (live && step.patches.some((patch) => patch.kind === 'field' && patch.path[0] === 'programme')) {
      return refused('programme_locked');
    }
    const reverted = revert(document, step.patches);
    const patches = diffPlan(document, reverted);
    if (patches.length === 0) continue;
    const moved = moveStep(own, from, left.slice(0, -1), { ...step, atMs: null, patches });
    const history = { ...forgetTouched(reverted.history, patches, by), [by]: moved };
    return done({ ...reverted, history });
  }
}

function moveStep(own: History, from: 'undo' | 'redo', left: UndoStep[], step: UndoStep): History {
  return from === 'undo'
    ? { ...own, undo: left, redo: [...own.redo, step].slice(-UNDO_LIMIT) }
    : { ...own, redo: left, undo: [...own.undo, step].slice(-UNDO_LIMIT) };
}
