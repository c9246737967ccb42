'use client';
import { mayInStudio } from '@streamus/contracts';
import { aspectOfProgramme, programmeWithAspect } from '@streamus/studio';
import { Popover } from '@streamus/ui';
import { Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { AspectChoice, AspectShape } from '@/components/aspect-choice.tsx';
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
      title={t('aspect.title', { ns: 'common' })}
      trigger={
        <button
          type="button"
          aria-label={t('aspect.button', { aspect })}
          className="touch-target tabular flex h-8 shrink-0 items-center gap-1.5 rounded-lg px-2 text-muted text-xs hover:bg-raised hover:text-ink focus-visible:-outline-offset-2"
        >
          <AspectShape aspect={aspect} />
          {aspect}
        </button>
      }
    >
      <AspectChoice
        value={aspect}
        locked={locked !== null}
        onChoose={(one) =>
          void session.command({ type: 'set-programme', programme: programmeWithAspect(programme, one) })
        }
      />
      <p className="mt-3 flex gap-2 text-muted text-xs [&_svg]:mt-px [&_svg]:size-3.5 [&_svg]:shrink-0">
        {locked !== null && <Lock aria-hidden />}
        {locked ?? t('aspect.text')}
      </p>
    </Popover>
  );
}
