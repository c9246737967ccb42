'use client';
import { type OutputState, type OutputView, routes } from '@streamus/contracts';
import { Button, cn, Popover } from '@streamus/ui';
import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleX,
  LoaderCircle,
  RotateCw,
  TriangleAlert,
} from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import { api } from '@/lib/api.ts';
import { copyText } from '@/lib/copy-text.ts';
import { useNow } from '@/lib/use-now.ts';
import { useRole, useStudio } from '../session-context.tsx';
import { EditOutput } from './edit-output.tsx';

export function outputIcon(state: OutputState): ReactNode {
  switch (state) {
    case 'live':
      return <CircleCheck aria-hidden />;
    case 'connecting':
      return <LoaderCircle aria-hidden className="animate-spin" />;
    case 'degraded':
      return <TriangleAlert aria-hidden />;
    case 'backing-off':
      return <RotateCw aria-hidden />;
    case 'failed':
      return <CircleX aria-hidden />;
    case 'idle':
    case 'stopped':
      return <CircleDashed aria-hidden />;
  }
}

/** An output that has not begun while the stream is live is on its way. */
function shownState(output: OutputView, live: boolean): OutputState {
  return live && output.health.state === 'idle' ? 'connecting' : output.health.state;
}

/** A destination in the top bar: name and state in words; a click opens why, and what to do. */
export function OutputBadge({ id }: { id: string }) {
  const { t } = useTranslation('studio');
  const output = useStudio((view) => view.outputs.find((candidate) => candidate.id === id) ?? null);
  const live = useStudio((view) => view.stream?.status === 'live');
  if (output === null) return null;
  const state = shownState(output, live);
  const troubled = state === 'backing-off' || state === 'failed' || state === 'degraded';
  const word = t(`output.state.${state}`);
  const name = output.platform === 'watch' ? t('output.watch') : output.name;
  return (
    <Popover
      title={name}
      align="end"
      trigger={
        <button
          type="button"
          aria-label={t('output.badge', { name, state: word })}
          className={cn(
            'touch-target flex h-8 max-w-72 items-center gap-1.5 rounded-full px-3 text-xs [&_svg]:size-3.5 [&_svg]:shrink-0',
            !live && 'bg-raised text-muted hover:bg-hover',
            live && !troubled && 'bg-[#a51724] text-on-live hover:bg-[#8f121e]',
            live && troubled && 'bg-[#fff4d6] text-[#6b3c05] hover:bg-white',
          )}
        >
          {outputIcon(state)}
          <span className="truncate font-medium">{name}</span>{' '}
          {live && (
            <span className={cn('shrink-0', troubled ? 'font-semibold' : 'max-2xl:hidden')}>{word}</span>
          )}
        </button>
      }
    >
      <OutputDetails output={output} live={live} />
    </Popover>
  );
}

export interface OutputDetailsProps {
  readonly output: OutputView;
  readonly live: boolean;
  /** There is a switch beside it that takes it off the stream. */
  readonly switched?: boolean;
}

/** Why an output is as it is, and the ways out. */
export function OutputDetails({ output, live, switched = false }: OutputDetailsProps) {
  const { t } = useTranslation('studio');
  const host = useRole() === 'host';
  const streamId = useStudio((view) => view.stream?.id ?? null);
  const watchPath = useStudio((view) => view.stream?.watchPath ?? null);
  const [failure, setFailure] = useState<string | null>(null);
  const [copied, setCopied] = useState(false);
  const { health } = output;
  const state = shownState(output, live);
  const params = streamId === null ? null : { streamId, outputId: output.id };

  async function run(route: typeof routes.retryOutput | typeof routes.removeOutput) {
    if (params === null) return;
    setFailure(null);
    const result = await api(route, { params });
    if (!result.ok) setFailure(errorText(result.code));
  }

  const canRetry = live && (health.state === 'backing-off' || health.state === 'failed');
  return (
    <div className="flex flex-col gap-3">
      <p className="flex items-center gap-2 [&_svg]:size-4">
        {outputIcon(state)}
        {t(`output.state.${state}`)}
      </p>
      {health.lastError !== null && health.state !== 'live' && (
        <p className="flex gap-2 text-warn [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0">
          <CircleAlert aria-hidden />
          {errorText(health.lastError.code)}
        </p>
      )}
      {health.state === 'backing-off' && health.retryAt !== null && <RetryClock at={health.retryAt} />}
      {failure && (
        <p role="alert" className="text-live-ink">
          {failure}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {canRetry && (
          <Button size="sm" tone="accent" onClick={() => void run(routes.retryOutput)}>
            {t('output.retry')}
          </Button>
        )}
        {output.platform === 'watch' && watchPath !== null && (
          <>
            <Button
              size="sm"
              tone="outline"
              nativeButton={false}
              render={<a href={watchPath} target="_blank" rel="noreferrer" />}
            >
              {t('output.openWatch')}
            </Button>
            <Button
              size="sm"
              tone="outline"
              onClick={async () => setCopied(await copyText(window.location.origin + watchPath))}
            >
              {copied ? t('copied', { ns: 'common' }) : t('output.copyWatch')}
            </Button>
          </>
        )}
        {host && streamId !== null && output.destinationId !== null && (
          <EditOutput
            stream={streamId}
            output={output.id}
            destination={output.destinationId}
            name={output.name}
          />
        )}
        {host && !switched && (
          <Button size="sm" tone="danger" onClick={() => void run(routes.removeOutput)}>
            {t('output.remove')}
          </Button>
        )}
      </div>
    </div>
  );
}

function RetryClock({ at }: { at: string }) {
  const { t } = useTranslation('studio');
  const now = useNow(500);
  const seconds = Math.max(0, Math.ceil((Date.parse(at) - now) / 1000));
  return <p className="tabular text-muted">{t('output.retryIn', { seconds })}</p>;
}
