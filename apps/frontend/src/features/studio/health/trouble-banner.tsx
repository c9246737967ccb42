'use client';
import type { StudioView } from '@streamus/client';
import { type OutputId, routes } from '@streamus/contracts';
import { Button, Notice } from '@streamus/ui';
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import { api } from '@/lib/api.ts';
import { useNow } from '@/lib/use-now.ts';
import { useRole, useStudio, useStudioPlace } from '../session-context.tsx';
import { type Trouble, troublesOf } from './troubles.ts';
import { useAlarm } from './use-alarm.ts';

/** More than this many at once hide the programme; the rest is in the Health panel. */
const SHOWN = 3;

/** What is wrong on air, by name, with the one thing to do about it; a sound tells whoever looks elsewhere. */
export function TroubleBanner() {
  const { t } = useTranslation('studio');
  const [read, setRead] = useState<readonly string[]>([]);
  const all = useTroubles();
  useAlarm(all);
  useEffect(() => {
    // What comes again later is told again.
    setRead((keys) => keys.filter((key) => all.some((trouble) => trouble.key === key)));
  }, [all]);
  const troubles = all.filter(({ key }) => !read.includes(key));
  const more = troubles.length - SHOWN;
  return (
    <>
      {troubles.slice(0, SHOWN).map((trouble) => (
        <TroubleNotice key={trouble.key} trouble={trouble} onRead={() => setRead([...read, trouble.key])} />
      ))}
      {more > 0 && <Notice tone="warn">{t('trouble.more', { count: more })}</Notice>}
    </>
  );
}

/** Changes only when what is wrong changes, not with every second's numbers. */
function useTroubles(): readonly Trouble[] {
  const { session } = useStudioPlace();
  const [troubles, setTroubles] = useState<readonly Trouble[]>(() => troublesOf(session.store.getState()));
  useEffect(() => {
    let shown = '';
    const look = (view: StudioView): void => {
      const next = troublesOf(view);
      const text = JSON.stringify(next);
      if (text !== shown) setTroubles(next);
      shown = text;
    };
    look(session.store.getState());
    return session.store.subscribe(look);
  }, [session]);
  return troubles;
}

function TroubleNotice({ trouble, onRead }: { trouble: Trouble; onRead: () => void }) {
  const { t } = useTranslation('studio');
  switch (trouble.kind) {
    case 'output':
      return <OutputTrouble {...trouble} />;
    case 'slate':
      return <Notice tone="danger">{t('health.state.slate')}</Notice>;
    case 'warning':
      return <Notice tone="warn">{t(`trouble.warning.${trouble.warning}`)}</Notice>;
    case 'recording':
      return <Notice tone="danger">{t('trouble.recording', { reason: errorText(trouble.code) })}</Notice>;
    case 'load':
      return <ReadableNotice tone="warn" text={t(`health.load.${trouble.rung}`)} onRead={onRead} />;
    case 'normalised':
      return <ReadableNotice tone="info" text={errorText(trouble.code)} onRead={onRead} />;
  }
}

/** May hold for long: who has read it gets the programme's place back. */
function ReadableNotice(props: { tone: 'info' | 'warn'; text: string; onRead: () => void }) {
  const { t } = useTranslation();
  const { tone, text, onRead } = props;
  return (
    <Notice
      tone={tone}
      action={
        <Button size="icon-sm" tone="ghost" aria-label={t('dismiss')} onClick={onRead}>
          <X aria-hidden />
        </Button>
      }
    >
      {text}
    </Notice>
  );
}

function OutputTrouble({ output, name, failed, code, retryAt }: Extract<Trouble, { kind: 'output' }>) {
  const { t } = useTranslation('studio');
  const host = useRole() === 'host';
  const streamId = useStudio((view) => view.stream?.id ?? null);
  const now = useNow(500, retryAt !== null);
  const [failure, setFailure] = useState<string | null>(null);
  const seconds = retryAt === null ? null : Math.max(0, Math.ceil((Date.parse(retryAt) - now) / 1000));

  async function retry(id: OutputId) {
    if (streamId === null) return;
    const result = await api(routes.retryOutput, { params: { streamId, outputId: id } });
    setFailure(result.ok ? null : errorText(result.code));
  }

  return (
    <Notice
      tone="danger"
      action={
        host && (
          <Button
            size="sm"
            tone="outline"
            aria-label={t('trouble.retry', { name })}
            onClick={() => void retry(output)}
          >
            {t('output.retry')}
          </Button>
        )
      }
    >
      <strong>{name}</strong>:{' '}
      {code === null ? t(`output.state.${failed ? 'failed' : 'backing-off'}`) : errorText(code)}
      {seconds !== null && (
        // The countdown is for the eye; read aloud each second it would drown everything else.
        <span aria-hidden className="tabular">
          {' '}
          {t('output.retryIn', { seconds })}
        </span>
      )}
      {failure !== null && <span className="block">{failure}</span>}
    </Notice>
  );
}
