'use client';
import { type CapacityView, routes } from '@streamus/contracts';
import { cn } from '@streamus/ui';
import { CircleCheck, CircleDashed, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import { api } from '@/lib/api.ts';
import type { TestState } from '../../destinations/use-connection-test.ts';
import { useHeard } from '../../devices/use-heard.ts';
import { useStudio, useStudioPlace } from '../session-context.tsx';

type Grade = 'good' | 'open' | 'bad';
interface Check {
  readonly id: string;
  readonly grade: Grade;
  readonly text: string;
}

const icons = {
  good: <CircleCheck aria-hidden className="text-ok" />,
  open: <CircleDashed aria-hidden className="text-muted" />,
  bad: <TriangleAlert aria-hidden className="text-warn" />,
};

export interface ChecksProps {
  readonly watch: boolean;
  readonly record: boolean;
  readonly tests: readonly { readonly id: string; readonly name: string; readonly state: TestState }[];
}

/** Is everything ready to go on air? In words; none of them forbids going live. */
export function Checks({ watch, record, tests }: ChecksProps) {
  const { t } = useTranslation('studio');
  const own = useOwnChecks();
  const capacity = useCapacityCheck(tests.length + (watch ? 1 : 0), record);
  const all: Check[] = [
    ...own,
    ...capacity,
    ...(watch ? [{ id: 'watch', grade: 'good' as const, text: t('goLive.check.watch') }] : []),
    ...tests.map(({ id, name, state }): Check => {
      if (state.kind === 'reachable')
        return { id, grade: 'good', text: t('goLive.check.reachable', { name }) };
      if (state.kind === 'failed') return { id, grade: 'bad', text: t('goLive.check.failed', { name }) };
      return { id, grade: 'open', text: t('goLive.check.untested', { name }) };
    }),
  ];
  return (
    <section aria-labelledby="checks-title">
      <h3 id="checks-title" className="mb-2 font-semibold text-sm">
        {t('goLive.checks')}
      </h3>
      <ul aria-live="polite" className="flex flex-col gap-2">
        {all.map((check) => (
          <li
            key={check.id}
            className={cn(
              'flex gap-2 text-sm [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0',
              check.grade === 'open' && 'text-muted',
            )}
          >
            {icons[check.grade]}
            {check.text}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Whether this server has room; nothing while it is not known. */
function useCapacityCheck(outputs: number, record: boolean): Check[] {
  const { t } = useTranslation('studio');
  const { studioId } = useStudioPlace();
  const [capacity, setCapacity] = useState<CapacityView | null>(null);
  useEffect(() => {
    let gone = false;
    const query = { outputs: String(outputs), record: record ? 'true' : 'false' } as const;
    void api(routes.getCapacity, { params: { studioId }, query }).then((result) => {
      if (!gone) setCapacity(result.ok ? result.value : null);
    });
    return () => {
      gone = true;
    };
  }, [studioId, outputs, record]);
  if (capacity === null) return [];
  if (capacity.refusal !== null) return [{ id: 'capacity', grade: 'bad', text: errorText(capacity.refusal) }];
  return [
    { id: 'capacity', grade: 'good', text: t('goLive.check.capacity', { count: capacity.streamsThatFit }) },
  ];
}

function useOwnChecks(): Check[] {
  const { t } = useTranslation('studio');
  const { session } = useStudioPlace();
  const camera = useStudio((view) => view.camera.on);
  const microphone = useStudio((view) => view.microphone.on);
  const heard = useHeard(session.store, (view) => view.level);
  const staged = useStudio((view) => view.document?.stage.length ?? 0);
  const composer = useStudio((view) => view.composer.kind);
  return [
    camera
      ? { id: 'camera', grade: 'good', text: t('goLive.check.cameraOn') }
      : { id: 'camera', grade: 'bad', text: t('goLive.check.cameraOff') },
    !microphone
      ? { id: 'microphone', grade: 'bad', text: t('goLive.check.microphoneOff') }
      : heard
        ? { id: 'microphone', grade: 'good', text: t('goLive.check.microphoneOn') }
        : { id: 'microphone', grade: 'open', text: t('goLive.check.microphoneSilent') },
    staged > 0
      ? { id: 'stage', grade: 'good', text: t('goLive.check.stage', { count: staged }) }
      : { id: 'stage', grade: 'bad', text: t('goLive.check.stageEmpty') },
    composerCheck(composer),
  ];

  function composerCheck(kind: typeof composer): Check {
    switch (kind) {
      case 'here':
        return { id: 'composer', grade: 'good', text: t('goLive.check.composer') };
      case 'elsewhere':
        return { id: 'composer', grade: 'good', text: t('goLive.check.composerElsewhere') };
      case 'none':
        return { id: 'composer', grade: 'bad', text: t('goLive.check.composerNone') };
      case 'unsupported':
        return { id: 'composer', grade: 'bad', text: t('goLive.check.composerUnsupported') };
      case 'broken':
        return { id: 'composer', grade: 'bad', text: t('goLive.check.composerBroken') };
    }
  }
}
