'use client';
import { Button } from '@streamus/ui';
import { Undo2, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../desk.tsx';
import { useStudioPlace } from '../session-context.tsx';
import { undoStep } from './undo.ts';

/** What was just done at this desk, over the lower edge of the programme so that nothing moves; with its way back. */
export function DeskSaying() {
  const { t } = useTranslation('direction');
  const { session } = useStudioPlace();
  const desk = useDesk();
  const { saying } = desk;
  return (
    <div
      role="status"
      className="pointer-events-none absolute inset-x-0 bottom-2 z-10 flex justify-center px-4 [&>*]:pointer-events-auto"
    >
      {saying !== null && (
        <p className="flex max-w-full items-center gap-2 rounded-xl bg-panel py-1 pr-1 pl-3 text-sm shadow-pop">
          <span className="min-w-0 truncate">{saying.words}</span>
          {saying.undoable && (
            <Button size="sm" tone="accent" onClick={() => void undoStep(session, t, desk, 'undo')}>
              <Undo2 aria-hidden />
              {t('undo', { ns: 'common' })}
            </Button>
          )}
          <Button
            size="icon-sm"
            tone="ghost"
            aria-label={t('dismiss', { ns: 'common' })}
            onClick={() => desk.quiet()}
          >
            <X aria-hidden />
          </Button>
        </p>
      )}
    </div>
  );
}
