'use client';
import { routes, type StreamView, type StudioSummary } from '@streamus/contracts';
import { Button, Dialog, Notice } from '@streamus/ui';
import { Check, Minus } from 'lucide-react';
import { type ReactNode, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import { api } from '@/lib/api.ts';

export interface DeleteStudioProps {
  readonly studio: StudioSummary;
  readonly streams: readonly StreamView[];
  readonly onDeleted: () => void;
  readonly onClose: () => void;
}

/** Asks first, unlike other deletions: people inside are sent out, so there is no way back. */
export function DeleteStudio({ studio, streams, onDeleted, onClose }: DeleteStudioProps) {
  const { t } = useTranslation('dashboard');
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  const own = streams.filter(({ studioId }) => studioId === studio.id);
  const planned = own.filter(({ status }) => status === 'scheduled').length;

  async function remove() {
    setBusy(true);
    setFailure(null);
    const result = await api(routes.deleteStudio, { params: { studioId: studio.id } });
    setBusy(false);
    if (result.ok || result.code === 'not_found') onDeleted();
    else setFailure(errorText(result.code));
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('studios.deleteTitle', { name: studio.name })}
      description={t('studios.deleteText')}
      closeLabel={t('close', { ns: 'common' })}
      initialFocus={keep}
      footer={
        <div className="flex flex-wrap justify-end gap-3">
          <Button ref={keep} tone="outline" onClick={onClose}>
            {t('cancel', { ns: 'common' })}
          </Button>
          <Button tone="live" disabled={busy} onClick={() => void remove()}>
            {t('studios.deleteNow')}
          </Button>
        </div>
      }
    >
      <div className="flex flex-col gap-5">
        <Facts title={t('studios.goes')} icon={<Minus aria-hidden className="text-live-ink" />}>
          <li>{t('studios.goesContent')}</li>
          {own.length > 0 && <li>{t('studios.goesStreams', { count: own.length })}</li>}
          {planned > 0 && <li>{t('studios.goesPlanned', { count: planned })}</li>}
          <li>{t('studios.goesPeople')}</li>
        </Facts>
        <Facts title={t('studios.stays')} icon={<Check aria-hidden className="text-ok" />}>
          <li>{t('studios.staysRecordings')}</li>
          <li>{t('studios.staysShared')}</li>
        </Facts>
        {failure !== null && <Notice tone="danger">{failure}</Notice>}
      </div>
    </Dialog>
  );
}

function Facts({ title, icon, children }: { title: string; icon: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <div>
      <h3 id={id} className="mb-1.5 flex items-center gap-2 font-medium text-sm [&_svg]:size-4">
        {icon}
        {title}
      </h3>
      <ul aria-labelledby={id} className="flex flex-col gap-1 pl-6 text-muted text-sm">
        {children}
      </ul>
    </div>
  );
}
