'use client';
import type { OutputHealth } from '@streamus/contracts';
import { cn, Switch } from '@streamus/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import { clock } from '@/lib/times.ts';
import { useNow } from '@/lib/use-now.ts';
import { OutputDetails } from '../go-live/output-badge.tsx';
import { useStudio } from '../session-context.tsx';
import { EventLog } from './event-log.tsx';
import { HealthGraph } from './health-graph.tsx';
import { Numbers, Section } from './health-parts.tsx';
import { PaintingView } from './painting-view.tsx';
import { alarmSoundOn, ring, setAlarmSound } from './use-alarm.ts';

/** A segment or two are always on their way to the storage. */
const WAITING_WORTH_TELLING_S = 15;

/** How the programme, the recording and each destination are doing, in words; numbers behind Details. */
export function HealthPanel() {
  const { t } = useTranslation('studio');
  const live = useStudio((view) => view.stream?.status === 'live');
  const outputs = useStudio((view) => view.outputs);
  return (
    <div className="flex flex-col gap-6">
      {!live && <p className="text-muted">{t('health.notLive')}</p>}
      {live && <HealthGraph />}
      <ProgrammeHealthView live={live} />
      <PaintingView />
      <RecordingView live={live} />
      {outputs.length > 0 && (
        <Section title={t('health.destinations')}>
          <ul className="flex flex-col gap-3">
            {outputs.map((output) => (
              <li key={output.id} className="rounded-lg bg-raised p-3">
                <p className="mb-1.5 truncate font-medium">
                  {output.platform === 'watch' ? t('output.watch') : output.name}
                </p>
                <OutputDetails output={output} live={live} />
                <OutputNumbers health={output.health} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <EventLog />
      <AlarmSound />
    </div>
  );
}

function OutputNumbers({ health }: { health: OutputHealth }) {
  const { t } = useTranslation('studio');
  const { liveSince } = health;
  const now = useNow(1000, liveSince !== null);
  const onAir: [string, string][] =
    liveSince === null ? [] : [[t('health.numbers.onAir'), clock(Math.max(0, now - Date.parse(liveSince)))]];
  return (
    <Numbers
      rows={[
        ...onAir,
        [t('health.numbers.bitrate'), megabits(health.bitrate)],
        [t('health.numbers.queue'), `${Math.round(health.queueMs)} ms`],
        [t('health.numbers.dropped'), `${health.droppedSeconds.toFixed(1)} s`],
        [t('health.numbers.reconnects'), String(health.reconnects)],
      ]}
    />
  );
}

function AlarmSound() {
  const { t } = useTranslation('studio');
  const [on, setOn] = useState(alarmSoundOn);
  return (
    <Switch
      label={t('health.sound')}
      detail={t('health.soundText')}
      checked={on}
      onChange={(next) => {
        setAlarmSound(next);
        setOn(next);
        if (next) void ring();
      }}
    />
  );
}

function megabits(bitsPerSecond: number): string {
  return `${(bitsPerSecond / 1e6).toFixed(1)} Mbit/s`;
}

function ProgrammeHealthView({ live }: { live: boolean }) {
  const { t } = useTranslation('studio');
  const composer = useStudio((view) => view.composer);
  const health = useStudio((view) => view.programmeHealth);
  const composing = (() => {
    switch (composer.kind) {
      case 'here':
        return t(`health.load.${composer.load.rung}`);
      case 'elsewhere':
        return t('health.composerElsewhere', { holder: composer.holder });
      case 'unsupported':
        return t('health.composerUnsupported');
      case 'broken':
        return t('health.composerBroken');
      case 'none':
        return t('health.composerNone');
    }
  })();
  const losses = useStudio((view) => view.composing);
  const numbers: (readonly [string, string])[] = [];
  if (composer.kind === 'here') {
    numbers.push([t('health.numbers.fps'), composer.fps.toFixed(1)]);
    if (composer.load.reason !== null) {
      numbers.push([t('health.numbers.reason'), t(`health.reason.${composer.load.reason}`)]);
    }
  }
  if (losses !== null) {
    numbers.push(
      [t('health.numbers.late'), `${losses.lateFrames.toFixed(1)}/s`],
      [t('health.numbers.repeated'), `${losses.repeatedFrames.toFixed(1)}/s`],
      [t('health.numbers.encoderDrops'), `${losses.encoderDrops.toFixed(1)}/s`],
      [t('health.numbers.lostSound'), `${Math.round(losses.lostSoundMs)} ms/s`],
      [t('health.numbers.uplinkLoss'), `${losses.networkLossPercent.toFixed(1)} %`],
    );
  }
  if (health !== null) {
    numbers.push(
      [t('health.numbers.arriving'), health.fps.toFixed(1)],
      [t('health.numbers.bitrate'), megabits(health.bitrate)],
      [t('health.numbers.keyframes'), `${(health.keyframeDistanceMs / 1000).toFixed(1)} s`],
      [t('health.numbers.loss'), `${health.lossPercent.toFixed(1)} %`],
      [t('health.numbers.lost'), String(health.lostPackets)],
      [t('health.numbers.nacks'), String(health.nacks)],
      [t('health.numbers.plis'), String(health.plis)],
      [t('health.numbers.damaged'), String(health.damagedGops)],
      [t('health.numbers.jitter'), `${Math.round(health.jitterBufferMs)} ms`],
      [t('health.numbers.skew'), `${Math.round(health.skewMs)} ms`],
      [t('health.numbers.aacLag'), `${Math.round(health.aacLagMs)} ms`],
    );
  }
  return (
    <Section title={t('health.programme')}>
      <p>{composing}</p>
      {live && health !== null && (
        <p className={cn(health.state === 'slate' && 'text-warn')}>{t(`health.state.${health.state}`)}</p>
      )}
      {live &&
        health?.warnings.map((warning) => (
          <p key={warning} className="text-warn">
            {t(`trouble.warning.${warning}`)}
          </p>
        ))}
      {live && health?.normalised != null && <p>{errorText(health.normalised)}</p>}
      <Numbers rows={numbers} />
    </Section>
  );
}

function RecordingView({ live }: { live: boolean }) {
  const { t } = useTranslation('studio');
  const record = useStudio((view) => view.stream?.record ?? true);
  const seconds = useStudio((view) => view.programmeHealth?.recordedSeconds ?? null);
  const alarm = useStudio((view) => view.programmeHealth?.recordingAlarm ?? null);
  const waiting = useStudio((view) => Math.round(view.programmeHealth?.waitingSeconds ?? 0));
  const words = !record
    ? t('health.notRecorded')
    : live && seconds !== null
      ? t('health.recorded', { time: clock(seconds * 1000) })
      : t('health.willRecord');
  return (
    <Section title={t('health.recording')}>
      <p className="tabular">{words}</p>
      {live && waiting >= WAITING_WORTH_TELLING_S && (
        <p className="tabular text-muted">{t('health.waitingUpload', { time: clock(waiting * 1000) })}</p>
      )}
      {alarm !== null && (
        <p role="alert" className="text-live-ink">
          {errorText(alarm)}
        </p>
      )}
    </Section>
  );
}
