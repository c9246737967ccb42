'use client';
import { TextField } from '@streamus/ui';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface NumberFieldProps {
  readonly label: string;
  /** In hundredths of a percent, as the studio keeps it. */
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly onChange: (value: number) => void;
}

/** A share in percent, which may be empty or wrong while it is written; arrow keys count by one. */
export function NumberField({ label, value, least, most, onChange }: NumberFieldProps) {
  const { t } = useTranslation('direction');
  const shown = String(Math.round(value / 10) / 10);
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);
  const written = Math.round(Number(text.replace(',', '.')) * 100);
  const wrong = text.trim() === '' || !(written >= least && written <= most);
  const keep = () => {
    if (!wrong && text !== shown) onChange(written);
  };
  return (
    <TextField
      label={label}
      inputMode="decimal"
      autoComplete="off"
      value={text}
      error={wrong ? t('editor.range', { least: least / 100, most: Math.floor(most / 10) / 10 }) : null}
      onChange={(event) => setText(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
        const by = { ArrowUp: 100, ArrowDown: -100 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        onChange(Math.min(most, Math.max(least, (wrong ? value : written) + by)));
      }}
    />
  );
}
