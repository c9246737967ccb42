'use client';
import type { UndoStep } from '@streamus/studio';
import { Button, Tooltip } from '@streamus/ui';
import { Redo2, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../desk.tsx';
import { useHotkey } from '../keys/keys-context.tsx';
import { useStudio, useStudioPlace } from '../session-context.tsx';
import { type UndoWay, undoStep } from './undo.ts';
import { stepWords } from './undo-words.ts';

export function UndoButtons() {
  return (
    <div className="flex">
      <UndoButton way="undo" />
      <UndoButton way="redo" />
    </div>
  );
}

function UndoButton({ way }: { way: UndoWay }) {
  const { t } = useTranslation('direction');
  const { session } = useStudioPlace();
  const desk = useDesk();
  const hotkey = useHotkey(way);
  const step = useStudio(({ document, you }): UndoStep | null =>
    document === null || you === null ? null : (document.history[you.person]?.[way].at(-1) ?? null),
  );
  const document = useStudio((view) => view.document);
  const words =
    step === null || document === null
      ? t(way === 'undo' ? 'undo.nothing' : 'undo.nothingAgain')
      : t(way === 'undo' ? 'undo.undoStep' : 'undo.redoStep', { what: stepWords(step, document, t) });
  return (
    <Tooltip text={words} hotkey={hotkey.text}>
      <Button
        tone="ghost"
        size="icon-sm"
        aria-label={words}
        aria-keyshortcuts={hotkey.aria}
        aria-disabled={step === null}
        className={step === null ? 'opacity-50' : ''}
        onClick={() => void undoStep(session, t, desk, way)}
      >
        {way === 'undo' ? <Undo2 aria-hidden /> : <Redo2 aria-hidden />}
      </Button>
    </Tooltip>
  );
}
