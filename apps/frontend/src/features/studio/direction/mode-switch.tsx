'use client';
import { cn, Tooltip } from '@streamus/ui';
import { useTranslation } from 'react-i18next';
import { useHotkey } from '../keys/keys-context.tsx';
import { useStudio, useStudioPlace } from '../session-context.tsx';

/** Whether changes go to air at once, or are prepared and then taken. */
export function ModeSwitch() {
  const { t } = useTranslation('direction');
  const { session } = useStudioPlace();
  const mode = useStudio((view) => view.document?.mode ?? 'direct');
  const hotkey = useHotkey('preview-mode');
  return (
    <fieldset aria-label={t('mode.label')} className="flex rounded-lg bg-raised p-0.5">
      {(['direct', 'preview'] as const).map((one) => (
        <Tooltip key={one} text={t(`mode.${one}Text`)} hotkey={hotkey.text} side="right">
          <button
            type="button"
            aria-pressed={one === mode}
            aria-keyshortcuts={hotkey.aria}
            onClick={() => {
              if (one !== mode) void session.command({ type: 'set-mode', mode: one });
            }}
            className={cn(
              'touch-target h-7 flex-1 rounded-md font-medium text-muted text-xs transition-colors hover:text-ink',
              one === mode &&
                (mode === 'preview' ? 'bg-accent text-on-accent hover:text-on-accent' : 'bg-hover text-ink'),
            )}
          >
            {t(`mode.${one}`)}
          </button>
        </Tooltip>
      ))}
    </fieldset>
  );
}
