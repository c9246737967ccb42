'use client';
import { routes, type StreamView, type StudioSummary } from '@streamus/contracts';
import { Button, Dialog, Notice, Select, Switch, TextArea, TextField } from '@streamus/ui';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import { api } from '@/lib/api.ts';
import { toLocalInput } from '@/lib/times.ts';

export interface StreamFormProps {
  /** The stream to change; null creates one. */
  readonly stream: StreamView | null;
  readonly studios: readonly StudioSummary[];
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

/** A stream, for now or for later. */
export function StreamForm({ stream, studios, onSaved, onClose }: StreamFormProps) {
  const { t } = useTranslation('dashboard');
  const [form, setForm] = useState({
    title: stream?.title ?? '',
    description: stream?.description ?? '',
    later: stream?.scheduledStart != null,
    when: stream?.scheduledStart != null ? toLocalInput(stream.scheduledStart) : '',
    record: stream?.record ?? true,
    studioId: stream?.studioId ?? studios[0]?.id ?? null,
  });
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const titleProblem = tried && form.title.trim() === '' ? t('form.needTitle') : null;
  const timeProblem = tried && form.later && form.when === '' ? t('form.needTime') : null;

  async function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (form.title.trim() === '' || (form.later && form.when === '') || form.studioId === null) return;
    setBusy(true);
    const body = {
      title: form.title,
      description: form.description,
      record: form.record,
      scheduledStart: form.later ? new Date(form.when).toISOString() : null,
    };
    const result =
      stream === null
        ? await api(routes.createStream, { params: { studioId: form.studioId }, body })
        : await api(routes.updateStream, { params: { streamId: stream.id }, body });
    setBusy(false);
    if (result.ok) onSaved();
    else setFailure(errorText(result.code));
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={stream === null ? t('form.create') : t('form.edit')}
      closeLabel={t('close', { ns: 'common' })}
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-5">
        {failure !== null && <Notice tone="danger">{failure}</Notice>}
        <TextField
          label={t('form.titleField')}
          value={form.title}
          maxLength={120}
          dir="auto"
          onChange={(event) => setForm({ ...form, title: event.target.value })}
          error={titleProblem}
        />
        <TextArea
          label={t('form.description')}
          value={form.description}
          maxLength={5000}
          dir="auto"
          onChange={(event) => setForm({ ...form, description: event.target.value })}
        />
        {stream === null && studios.length > 1 && (
          <Select
            label={t('form.studio')}
            value={form.studioId}
            placeholder=""
            options={studios.map((studio) => ({ value: studio.id, label: studio.name }))}
            onChange={(id) => {
              const studio = studios.find((candidate) => candidate.id === id);
              if (studio) setForm({ ...form, studioId: studio.id });
            }}
          />
        )}
        <Switch
          label={t('form.later')}
          detail={t('form.laterText')}
          checked={form.later}
          onChange={(later) => setForm({ ...form, later })}
        />
        {form.later && (
          <TextField
            label={t('form.when')}
            type="datetime-local"
            value={form.when}
            onChange={(event) => setForm({ ...form, when: event.target.value })}
            error={timeProblem}
          />
        )}
        <Switch
          label={t('form.record')}
          checked={form.record}
          onChange={(record) => setForm({ ...form, record })}
        />
        <Button type="submit" tone="accent" disabled={busy} className="self-end">
          {stream === null ? t('form.submitCreate') : t('form.submitEdit')}
        </Button>
      </form>
    </Dialog>
  );
}
