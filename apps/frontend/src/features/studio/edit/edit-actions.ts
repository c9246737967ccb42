import type { Action } from '../keys/action.ts';
import type { DeskContext } from '../keys/desk-actions.ts';
import { nextStep, undoStep } from './undo.ts';
import { stepWords } from './undo-words.ts';

export function editActions({ session, t, desk }: DeskContext): Action[] {
  const { document } = session.store.getState();
  return (['undo', 'redo'] as const).map((way) => {
    const step = nextStep(session, way);
    const what = step === null || document === null ? null : stepWords(step, document, t);
    const nothing = way === 'undo' ? 'undo.nothing' : 'undo.nothingAgain';
    return {
      id: way,
      group: 'edit',
      name:
        what === null
          ? t(way === 'undo' ? 'undo.undo' : 'undo.redo')
          : t(way === 'undo' ? 'undo.undoStep' : 'undo.redoStep', { what }),
      unavailable: what === null ? t(nothing) : null,
      run: () => void undoStep(session, t, desk, way),
    };
  });
}
