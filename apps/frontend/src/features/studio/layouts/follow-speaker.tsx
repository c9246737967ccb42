'use client';
import { sceneInEdit } from '@streamus/studio';
import { cn, Tooltip } from '@streamus/ui';
import { AudioLines } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useHotkey } from '../keys/keys-context.tsx';
import { useStudio, useStudioPlace } from '../session-context.tsx';

/** Whoever speaks is shown most prominently, unless somebody has the spotlight. */
export function FollowSpeaker() {
  const { t } = useTranslation('direction');
  const { session } = useStudioPlace();
  const on = useStudio(({ document }) => document !== null && sceneInEdit(document).followSpeaker);
  const spotlit = useStudio(({ document }) => document !== null && sceneInEdit(document).spotlight !== null);
  const scene = useStudio((view) => view.document?.scene);
  const hotkey = useHotkey('follow-speaker');
  return (
    <Tooltip text={on && spotlit ? t('follow.waits') : t('follow.text')} hotkey={hotkey.text}>
      <button
        type="button"
        aria-pressed={on}
        aria-label={t('follow.name')}
        aria-keyshortcuts={hotkey.aria}
        onClick={() => void session.command({ type: 'set-follow-speaker', follow: !on, scene })}
        className={cn(
          'touch-target flex h-8 shrink-0 items-center gap-1.5 rounded-lg px-2 text-muted text-xs hover:bg-raised hover:text-ink focus-visible:-outline-offset-2 [&_svg]:size-4',
          on && 'bg-accent-soft text-accent-ink hover:bg-accent-soft hover:text-accent-ink',
        )}
      >
        <AudioLines aria-hidden />
        <span className="max-md:hidden">{t('follow.short')}</span>
      </button>
    </Tooltip>
  );
}
