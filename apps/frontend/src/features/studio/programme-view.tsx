'use client';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { SafeAreas } from './overlays/safe-areas.tsx';
import { useStudio, useStudioPlace } from './session-context.tsx';

/** The composed output itself, always whole, as large as the room for it allows. */
export function ProgrammeView() {
  const { t } = useTranslation('studio');
  const { session } = useStudioPlace();
  const shape = useStudio((view) => view.document?.programme ?? { width: 16, height: 9 });
  const live = useStudio((view) => view.stream?.status === 'live');
  const empty = useStudio((view) => view.document?.stage.length === 0);
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    return element === null ? undefined : session.attachProgramme(element);
  }, [session]);
  const ratio = shape.width / shape.height;
  return (
    <div className="@container-[size] relative flex min-h-0 flex-1 items-center justify-center">
      <div
        className={`relative overflow-hidden rounded-lg bg-black ${live ? 'ring-2 ring-live' : 'ring-1 ring-line'}`}
        style={{ width: `min(100cqw, ${100 * ratio}cqh)`, aspectRatio: ratio }}
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
          <p className="absolute inset-x-6 bottom-6 text-center">
            <span className="rounded-lg bg-panel px-3 py-1.5 text-ink shadow-card">
              {t('programmeEmpty')}
            </span>
          </p>
        )}
      </div>
    </div>
  );
}
