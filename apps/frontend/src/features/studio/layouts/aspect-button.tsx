'use client';
import { mayInStudio } from '@streamus/contracts';
import { type Aspect, aspectOfProgramme, aspectSchema, programmeWithAspect } from '@streamus/studio';
import { cn, Popover } from '@streamus/ui';
import { Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLive, useRole, useStudio, useStudioPlace } from '../session-context.tsx';

/** The programme's shape: chosen before the stream, fixed while it is live. */
export function AspectButton() {
  const { t } = useTranslation('direction');
  const { session } = useStudioPlace();
  const programme = useStudio((view) => view.document?.programme ?? null);
  const live = useLive();
  const role = useRole();
  if (programme === null || role === null) return null;
  const aspect = aspectOfProgramme(programme);
  const locked = live ? t('aspect.live') : mayInStudio(role, 'set-programme') ? null : t('aspect.hostOnly');
  return (
    <Popover
      side="top"
      align="end"
      title={t('aspect.title')}
      trigger={
        <button
          type="button"
          aria-label={t('aspect.button', { aspect })}
          className="touch-target tabular flex h-8 shrink-0 items-center gap-1.5 rounded-lg px-2 text-muted text-xs hover:bg-raised hover:text-ink focus-visible:-outline-offset-2"
        >
          <Shape aspect={aspect} />
          {aspect}
        </button>
      }
    >
      <fieldset aria-label={t('aspect.title')} className="grid grid-cols-3 gap-2">
        {aspectSchema.options.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === aspect}
            disabled={locked !== null && one !== aspect}
            onClick={() => {
              if (one !== aspect) {
                void session.command({
                  type: 'set-programme',
                  programme: programmeWithAspect(programme, one),
                });
              }
            }}
            className={cn(
              'touch-target flex h-20 flex-col items-center justify-center gap-2 rounded-lg border text-xs hover:bg-raised disabled:cursor-not-allowed disabled:opacity-50',
              one === aspect && 'border-accent-ink bg-accent-soft text-accent-ink',
            )}
          >
            <Shape aspect={one} large />
            {t(`aspect.${WORDS[one]}`)}
          </button>
        ))}
      </fieldset>
      <p className="mt-3 flex gap-2 text-muted text-xs [&_svg]:mt-px [&_svg]:size-3.5 [&_svg]:shrink-0">
        {locked !== null && <Lock aria-hidden />}
        {locked ?? t('aspect.text')}
      </p>
    </Popover>
  );
}

const WORDS = { '16:9': 'wide', '9:16': 'upright', '1:1': 'square' } as const;
const SIZES: Readonly<Record<Aspect, string>> = {
  '16:9': 'aspect-video w-full',
  '9:16': 'aspect-[9/16] h-full',
  '1:1': 'aspect-square h-full',
};

function Shape({ aspect, large }: { aspect: Aspect; large?: boolean }) {
  return (
    <span aria-hidden className={cn('flex items-center justify-center', large ? 'h-8 w-12' : 'h-4 w-5')}>
      <span className={cn('rounded-[3px] border-2 border-current', SIZES[aspect])} />
    </span>
  );
}
