'use client';
import { Button, TextField } from '@streamus/ui';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface NameFormProps {
  readonly label: string;
  readonly name: string;
  readonly submit: string;
  /** Why the last try was refused. */
  readonly error: string | null;
  readonly onSubmit: (name: string) => Promise<boolean>;
  readonly onClose: () => void;
}

/** Asks for one name, next to what it names. */
export function NameForm({ label, name, submit, error, onSubmit, onClose }: NameFormProps) {
  const { t } = useTranslation('brand');
  const [text, setText] = useState(name);
  const [empty, setEmpty] = useState(false);
  const [busy, setBusy] = useState(false);

  async function send(event: FormEvent) {
    event.preventDefault();
    const wanted = text.trim();
    setEmpty(wanted === '');
    if (wanted === '') return;
    setBusy(true);
    const done = await onSubmit(wanted);
    setBusy(false);
    if (done) onClose();
  }

  return (
    <form noValidate onSubmit={(event) => void send(event)} className="flex flex-col gap-2">
      <TextField
        label={label}
        value={text}
        maxLength={120}
        dir="auto"
        autoFocus
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose();
        }}
        error={empty ? t('needName') : error}
      />
      <div className="flex gap-2">
        <Button type="submit" size="sm" tone="accent" disabled={busy}>
          {submit}
        </Button>
        <Button size="sm" tone="ghost" onClick={onClose}>
          {t('cancel', { ns: 'common' })}
        </Button>
      </div>
    </form>
  );
}
