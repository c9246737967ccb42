'use client';
import { type DestinationView, routes } from '@streamus/contracts';
import { Button, Notice, TextField } from '@streamus/ui';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import { api } from '@/lib/api.ts';
import { TestStateText } from './test-state.tsx';
import { useConnectionTest } from './use-connection-test.ts';
import './strings.ts';

export interface DestinationFormProps {
  /** The destination to change; null adds one. */
  readonly destination: DestinationView | null;
  readonly onSaved: (destination: DestinationView) => void;
  readonly onCancel: () => void;
}

/** An RTMP or RTMPS server: name, address, key, and a try before it counts. */
export function DestinationForm({ destination, onSaved, onCancel }: DestinationFormProps) {
  const { t } = useTranslation('destinations');
  const [form, setForm] = useState({ name: destination?.name ?? '', url: destination?.url ?? '', key: '' });
  const [problems, setProblems] = useState<{ name?: string; url?: string }>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const test = useConnectionTest();

  function edit(field: keyof typeof form) {
    return (event: { target: { value: string } }) => {
      setForm({ ...form, [field]: event.target.value });
      setProblems({ ...problems, [field]: undefined });
      if (field !== 'name') test.reset();
    };
  }

  function check(withName: boolean): boolean {
    const found: { name?: string; url?: string } = {};
    if (withName && form.name.trim() === '') found.name = t('needName');
    if (!/^rtmps?:\/\/\S+/i.test(form.url.trim())) found.url = t('needUrl');
    setProblems(found);
    return Object.keys(found).length === 0;
  }

  /** An untouched key field leaves the stored key alone. */
  const key = form.key === '' && destination !== null ? {} : { key: form.key };

  async function submit(event: FormEvent) {
    event.preventDefault();
    event.stopPropagation();
    if (!check(true)) return;
    setBusy(true);
    setFailure(null);
    const { name, url } = form;
    const result =
      destination === null
        ? await api(routes.createDestination, { body: { name, url, key: form.key } })
        : await api(routes.updateDestination, {
            params: { destinationId: destination.id },
            body: { name, url, ...key },
          });
    setBusy(false);
    if (result.ok) onSaved(result.value);
    else if (result.code === 'url_invalid' || result.code === 'target_private') {
      setProblems({ url: errorText(result.code) });
    } else setFailure(errorText(result.code));
  }

  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {failure && <Notice tone="danger">{failure}</Notice>}
      <TextField
        autoFocus
        label={t('name')}
        placeholder={t('namePlaceholder')}
        maxLength={120}
        value={form.name}
        onChange={edit('name')}
        error={problems.name}
      />
      <TextField
        label={t('url')}
        placeholder={t('urlPlaceholder')}
        inputMode="url"
        autoCapitalize="none"
        spellCheck={false}
        value={form.url}
        onChange={edit('url')}
        error={problems.url}
      />
      <TextField
        label={t('key')}
        type="password"
        autoComplete="off"
        hint={destination?.hasKey ? t('keyKept') : t('keyHint')}
        value={form.key}
        onChange={edit('key')}
      />
      <TestStateText state={test.state} />
      <div className="flex flex-wrap gap-2">
        <Button
          disabled={test.state.kind === 'testing'}
          onClick={() => {
            if (check(false))
              void test.run({ destinationId: destination?.id ?? null, url: form.url, ...key });
          }}
        >
          {t('test')}
        </Button>
        <span className="flex-1" />
        <Button tone="ghost" onClick={onCancel}>
          {t('cancel')}
        </Button>
        <Button type="submit" tone="accent" disabled={busy}>
          {destination === null ? t('add') : t('save')}
        </Button>
      </div>
    </form>
  );
}
