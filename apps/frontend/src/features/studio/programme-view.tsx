'use client';
import { UserRoundPlus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { PictureFrame } from './direction/picture-frame.tsx';
import { SafeAreas } from './overlays/safe-areas.tsx';
import { useLive, useStudio, useStudioPlace } from './session-context.tsx';

/** The composed output itself; `beside` the preview it says that it is what the audience sees. */
export function ProgrammeView({ beside }: { beside: boolean }) {
  const { t } = useTranslation('studio');
  const { session } = useStudioPlace();
  const live = useLive();
  // An opening of a countdown on a background is no mistake.
  const empty = useStudio(
    ({ document }) => document?.onAir.stage.length === 0 && document.onAir.overlays.length === 0,
  );
  const scene = useStudio(({ document }) => {
    const id = document?.onAir.scene ?? null;
    return id === null ? null : (document?.scenes[id]?.name ?? null);
  });
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    return element === null ? undefined : session.attachProgramme(element);
  }, [session]);
  return (
    <PictureFrame
      tone={live ? 'live' : beside ? 'programme' : 'plain'}
      word={beside ? (live ? t('live.onAir') : t('programme')) : null}
      name={scene}
    >
      <video
        ref={video}
        aria-label={t('programme')}
        muted
        autoPlay
        playsInline
        className="h-full w-full object-contain"
      />
      <SafeAreas />
      {empty && (
        <p className="absolute inset-0 flex flex-col items-center justify-center gap-3 p-6 text-center">
          <UserRoundPlus aria-hidden className="size-8 text-muted" />
          <span className="max-w-sm text-balance rounded-lg bg-panel px-3 py-1.5 text-base text-ink shadow-card">
            {t('programmeEmpty')}
          </span>
        </p>
      )}
    </PictureFrame>
  );
}
