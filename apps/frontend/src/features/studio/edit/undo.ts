import type { StudioSession } from '@streamus/client';
import { nextRedo, nextUndo, type UndoStep } from '@streamus/studio';
import type { TFunction } from 'i18next';
import type { Desk } from '../desk.tsx';
import { stepWords } from './undo-words.ts';

export type UndoWay = 'undo' | 'redo';

/** The step one would undo (or do again) next. */
export function nextStep(session: StudioSession, way: UndoWay): UndoStep | null {
  const { document, you } = session.store.getState();
  if (document === null || you === null) return null;
  return way === 'undo' ? nextUndo(document, you.person) : nextRedo(document, you.person);
}

/** Undoes one's newest step, or does it again, and says which it was. */
export async function undoStep(
  session: StudioSession,
  t: TFunction<'direction'>,
  desk: Pick<Desk, 'say'>,
  way: UndoWay,
): Promise<void> {
  const step = nextStep(session, way);
  if (step === null) {
    desk.say(t(way === 'undo' ? 'undo.nothing' : 'undo.nothingAgain'));
    return;
  }
  const before = session.store.getState().document;
  const outcome = await session.command({ type: way, step: step.step });
  if (!outcome.ok) return;
  // Steps that change nothing any more are passed over: what was done is the newest of the other list.
  const done = nextStep(session, way === 'undo' ? 'redo' : 'undo') ?? step;
  const { document } = session.store.getState();
  const names = way === 'undo' ? (before ?? document) : document;
  if (names === null) return;
  desk.say(t(way === 'undo' ? 'undo.undone' : 'undo.redone', { what: stepWords(done, names, t) }));
}
