'use client';
import { TextField } from '@streamus/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toLocalInput } from '@/lib/times.ts';
import { Choice, type FieldsProps } from './field-parts.tsx';
import type { Of } from './overlay-draft.ts';

const HOUR_MS = 3_600_000;

/** A countdown runs until a time of day, or for a while after it was started. */
export function CountdownFields({ draft, onWrite, problem }: FieldsProps<Of<'countdown'>>) {
  const { t } = useTranslation('overlays');
  const { end } = draft;
  return (
    <>
      <TextField
        label={t('field.countdownTitle')}
        value={draft.title}
        dir="auto"
        onChange={(event) => onWrite({ ...draft, title: event.target.value })}
        error={problem('title')}
      />
      <Choice
        label={t('field.counts')}
        value={end.kind}
        options={(['duration', 'instant'] as const).map((value) => ({ value, label: t(`end.${value}`) }))}
        onChange={(kind) =>
          onWrite({
            ...draft,
            end:
              kind === 'duration'
                ? { kind, durationMs: 300_000, startedAt: null }
                : { kind, endsAt: nextFullHour(Date.now()) },
          })
        }
      />
      {end.kind === 'duration' ? (
        <DurationField
          durationMs={end.durationMs}
          onChange={(durationMs) => onWrite({ ...draft, end: { ...end, durationMs } })}
          error={problem('end')}
        />
      ) : (
        <TextField
          label={t('field.until')}
          type="datetime-local"
          value={Number.isFinite(end.endsAt) ? toLocalInput(new Date(end.endsAt).toISOString()) : ''}
          onChange={(event) => onWrite({ ...draft, end: { ...end, endsAt: Date.parse(event.target.value) } })}
          error={problem('end')}
        />
      )}
      <Choice
        label={t('field.atZero')}
        value={draft.atZero}
        options={(['stay', 'hide', 'count-up'] as const).map((value) => ({
          value,
          label: t(`atZero.${value}`),
        }))}
        onChange={(atZero) => onWrite({ ...draft, atZero })}
      />
    </>
  );
}

function nextFullHour(nowMs: number): number {
  return Math.ceil((nowMs + 1) / HOUR_MS) * HOUR_MS;
}

function DurationField(props: {
  durationMs: number;
  onChange: (durationMs: number) => void;
  error: string | null;
}) {
  const { t } = useTranslation('overlays');
  const seconds = Math.round(props.durationMs / 1000);
  const parts = [Math.floor(seconds / 60), seconds % 60] as const;
  // As typed: an empty field is no zero yet.
  const [typed, setTyped] = useState<readonly [string, string]>([String(parts[0]), String(parts[1])]);

  function write(next: readonly [string, string]) {
    setTyped(next);
    const [minutes, rest] = next.map((text) => (text.trim() === '' ? 0 : Number(text)));
    const total = ((minutes ?? Number.NaN) * 60 + (rest ?? Number.NaN)) * 1000;
    props.onChange(Number.isFinite(total) ? Math.round(total) : Number.NaN);
  }

  return (
    <div className="flex flex-col gap-1.5">
      <div className="grid grid-cols-2 gap-2">
        <TextField
          label={t('field.minutes')}
          inputMode="numeric"
          value={typed[0]}
          onChange={(event) => write([event.target.value, typed[1]])}
          error={props.error}
        />
        <TextField
          label={t('field.seconds')}
          inputMode="numeric"
          value={typed[1]}
          onChange={(event) => write([typed[0], event.target.value])}
        />
      </div>
    </div>
  );
}
