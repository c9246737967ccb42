'use client';
import type { Overlay } from '@streamus/studio';
import { cn } from '@streamus/ui';
import { Eye, EyeOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLive, useStudio } from '../session-context.tsx';
import type { Overlays, Where } from './use-overlays.ts';
import type { Whereabouts } from './where-shown.ts';

export interface ShowButtonsProps {
  readonly overlay: Overlay;
  readonly name: string;
  readonly place: Whereabouts;
  readonly overlays: Overlays;
}

/** One click shows it, one hides it: here, or in every scene. With a single scene there is nothing to choose. */
export function ShowButtons({ overlay, name, place, overlays }: ShowButtonsProps) {
  const { t } = useTranslation('overlays');
  const several = useStudio((view) => (view.document?.sceneOrder.length ?? 1) > 1);
  if (!several) {
    const on = place.inScene || place.everywhere;
    return (
      <Toggle
        on={on}
        text={t(on ? 'hide' : 'show')}
        label={t(on ? 'hideOne' : 'showOne', { name })}
        onClick={() => void (on ? overlays.hide(overlay) : overlays.show(overlay, 'scene'))}
      />
    );
  }
  const toggle = (where: Where, on: boolean) => (
    <Toggle
      on={on}
      pressed={on}
      text={t(`where.${where}`)}
      label={t(`whereOne.${where}`, { name })}
      onClick={() => void (on ? overlays.hide(overlay, where) : overlays.show(overlay, where))}
    />
  );
  return (
    <>
      {toggle('scene', place.inScene)}
      {toggle('everywhere', place.everywhere)}
    </>
  );
}

interface ToggleProps {
  readonly on: boolean;
  /** Left out where the words change instead. */
  readonly pressed?: boolean;
  readonly text: string;
  readonly label: string;
  readonly onClick: () => void;
}

function Toggle({ on, pressed, text, label, onClick }: ToggleProps) {
  const live = useLive();
  const Icon = on ? Eye : EyeOff;
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      onClick={onClick}
      className={cn(
        'touch-target flex h-7 items-center gap-1.5 rounded-lg px-2.5 font-medium text-xs transition-colors duration-100 [&_svg]:size-3.5',
        on
          ? live
            ? 'bg-live text-on-live hover:bg-live-hover'
            : 'bg-accent text-on-accent hover:bg-accent-hover'
          : 'bg-raised text-ink hover:bg-hover',
      )}
    >
      <Icon aria-hidden />
      {text}
    </button>
  );
}
