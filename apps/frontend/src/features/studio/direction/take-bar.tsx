'use client';
import { isAsOnAir } from '@streamus/studio';
import { Button } from '@streamus/ui';
import { useTranslation } from 'react-i18next';
import { useHotkey } from '../keys/keys-context.tsx';
import { useLive, useStudio, useStudioPlace } from '../session-context.tsx';
import { TransitionButton } from './transition-button.tsx';

/** Between preview and programme: how the one becomes the other, and the button that does it. */
export function TakeBar() {
  const { t } = useTranslation('direction');
  const { session } = useStudioPlace();
  const live = useLive();
  const same = useStudio(({ document }) => document !== null && isAsOnAir(document));
  const scene = useStudio((view) => view.document?.scene);
  const hotkey = useHotkey('take');
  return (
    <div className="grid shrink-0 grid-cols-[1fr_auto_1fr] items-center gap-2">
      <p className="truncate text-right text-muted text-xs">{same ? t('take.same') : t('take.waiting')}</p>
      <Button
        tone={live ? 'live' : 'accent'}
        className="min-w-28"
        aria-keyshortcuts={hotkey.aria}
        onClick={() => void session.command({ type: 'take', scene })}
      >
        {t('take.take')}
        {hotkey.text !== undefined && (
          <kbd className="rounded border border-current px-1 font-mono text-2xs">{hotkey.text}</kbd>
        )}
      </Button>
      <div>
        <TransitionButton />
      </div>
    </div>
  );
}
