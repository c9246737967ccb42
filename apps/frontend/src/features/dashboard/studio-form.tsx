'use client';
import { routes, type StudioSummary } from '@streamus/contracts';
import type { Aspect } from '@streamus/studio';
import { Button, Dialog, Notice, TextField } from '@streamus/ui';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AspectChoice } from '@/components/aspect-choice.tsx';
import { errorText } from '@/i18n/i18n.ts';
import { api } from '@/lib/api.ts';

export interface StudioFormProps {
  /** The studio to rename; null creates one. */
  readonly studio: StudioSummary | null;
  readonly onSaved: (studio: StudioSummary) => void;
  readonly onClose: () => void;
}

/** A studio's name and, as long as it is new, the shape of its programme. */
export function StudioForm({ studio, onSaved, onClose }: StudioFormProps) {
  const { t } = useTranslation('dashboard');
  const [name, setName] = useState(studio?.name ?? '');
  const [aspect, setAspect] = useState<Aspect>('16:9');
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (name.trim() === '') return;
    setBusy(true);
    const result =
      studio === null
        ? await api(routes.createStudio, { body: { name, aspect } })
        : await api(routes.updateStudio, { params: { studioId: studio.id }, body: { name } });
    setBusy(false);
    if (result.ok) onSaved(result.value);
    else setFailure(errorText(result.code));
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t(studio === null ? 'studios.new' : 'studios.renameTitle')}
      closeLabel={t('close', { ns: 'common' })}
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-5">
        {failure !== null && <Notice tone="danger">{failure}</Notice>}
        <TextField
          label={t('studios.name')}
          value={name}
          maxLength={120}
          dir="auto"
          placeholder={studio === null ? t('studios.namePlaceholder') : ''}
          onChange={(event) => setName(event.target.value)}
          error={tried && name.trim() === '' ? t('studios.needName') : null}
        />
        {studio === null && (
          <div className="flex flex-col gap-2">
            <AspectChoice value={aspect} onChoose={setAspect} />
            <p className="text-muted text-xs">{t('studios.aspectText')}</p>
          </div>
        )}
        <Button type="submit" tone="accent" disabled={busy} className="self-end">
          {studio === null ? t('studios.create') : t('save', { ns: 'common' })}
        </Button>
      </form>
    </Dialog>
  );
}
