'use client';
import { type Transition, transitionSchema } from '@streamus/studio';
import { cn, Select, TextField } from '@streamus/ui';
import { ArrowLeftRight, Blend, type LucideIcon, PanelRightOpen, Scissors } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const shape = transitionSchema.shape;
const kinds = shape.kind.options;
const ICONS: Readonly<Record<Transition['kind'], LucideIcon>> = {
  cut: Scissors,
  fade: Blend,
  slide: ArrowLeftRight,
  wipe: PanelRightOpen,
};

export interface TransitionFieldsProps {
  readonly value: Transition;
  readonly onChange: (value: Transition) => void;
}

/** How one picture becomes the next. */
export function TransitionFields({ value, onChange }: TransitionFieldsProps) {
  const { t } = useTranslation('direction');
  const moves = value.kind === 'slide' || value.kind === 'wipe';
  return (
    <div className="flex flex-col gap-4">
      <fieldset aria-label={t('transition.kind')} className="grid grid-cols-4 gap-1.5">
        {kinds.map((kind) => {
          const Icon = ICONS[kind];
          return (
            <button
              key={kind}
              type="button"
              aria-pressed={kind === value.kind}
              onClick={() => onChange({ ...value, kind })}
              className={cn(
                'touch-target flex h-14 flex-col items-center justify-center gap-1 rounded-lg border text-xs hover:bg-raised [&_svg]:size-4',
                kind === value.kind && 'border-accent-ink bg-accent-soft text-accent-ink',
              )}
            >
              <Icon aria-hidden />
              {t(`transition.kinds.${kind}`)}
            </button>
          );
        })}
      </fieldset>
      {value.kind !== 'cut' && (
        <div className="grid grid-cols-2 gap-3">
          {moves && (
            <Select
              label={t('transition.direction')}
              placeholder=""
              value={value.direction}
              options={shape.direction.options.map((one) => ({
                value: one,
                label: t(`transition.directions.${one}`),
              }))}
              onChange={(next) => onChange({ ...value, direction: shape.direction.parse(next) })}
            />
          )}
          <Select
            label={t('transition.easing')}
            placeholder=""
            value={value.easing}
            options={shape.easing.options.map((one) => ({
              value: one,
              label: t(`transition.easings.${one}`),
            }))}
            onChange={(next) => onChange({ ...value, easing: shape.easing.parse(next) })}
          />
          <Seconds value={value} onChange={onChange} />
        </div>
      )}
    </div>
  );
}

/** A field of seconds that may be empty or wrong while it is written. */
function Seconds({ value, onChange }: TransitionFieldsProps) {
  const { t } = useTranslation('direction');
  const [text, setText] = useState(String(value.durationMs / 1000));
  const parsed = shape.durationMs.safeParse(Math.round(Number(text.replace(',', '.')) * 1000));
  const wrong = text.trim() === '' || !parsed.success;
  useEffect(() => setText(String(value.durationMs / 1000)), [value.durationMs]);
  return (
    <TextField
      label={t('transition.seconds')}
      inputMode="decimal"
      value={text}
      error={wrong ? t('transition.secondsWrong') : null}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => {
        if (!wrong && parsed.data !== value.durationMs) onChange({ ...value, durationMs: parsed.data });
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !wrong) onChange({ ...value, durationMs: parsed.data });
      }}
    />
  );
}
