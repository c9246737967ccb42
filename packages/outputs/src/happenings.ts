import type { ErrorCode, OutputId, OutputState, ProgrammeHealth, StreamHappening } from '@streamus/contracts';

/** One stream at one moment, as far as its event log is concerned. */
export interface StreamMoment {
  readonly programme: Pick<ProgrammeHealth, 'state' | 'normalised' | 'warnings' | 'recordingAlarm'>;
  readonly outputs: readonly OutputMoment[];
}

export interface OutputMoment {
  readonly id: OutputId;
  readonly name: string;
  readonly state: OutputState;
  readonly reconnects: number;
  readonly errorCode: ErrorCode | null;
}

/** What happened between two moments, in the order in which people would tell it. SPEC H. */
export function happenings(before: StreamMoment | undefined, after: StreamMoment): StreamHappening[] {
  const earlier = new Map(before?.outputs.map((output) => [output.id, output]));
  const kept = new Set(after.outputs.map(({ id }) => id));
  return [
    ...ofProgramme(before?.programme, after.programme),
    ...after.outputs.flatMap((output) => ofOutput(earlier.get(output.id), output)),
    ...[...earlier.values()]
      .filter(({ id, state }) => !kept.has(id) && state !== 'stopped')
      .map(({ id, name }): StreamHappening => ({ type: 'output-stopped', output: id, name })),
  ];
}

function ofProgramme(
  before: StreamMoment['programme'] | undefined,
  after: StreamMoment['programme'],
): StreamHappening[] {
  const told: StreamHappening[] = [];
  if (after.state !== (before?.state ?? 'waiting')) {
    if (after.state === 'live') told.push({ type: 'programme-live' });
    if (after.state === 'slate') told.push({ type: 'slate-shown' });
  }
  if (after.normalised !== null && after.normalised !== before?.normalised) {
    told.push({ type: 'programme-normalised', code: after.normalised });
  }
  const warned = before?.warnings ?? [];
  for (const warning of after.warnings) {
    if (!warned.includes(warning)) told.push({ type: 'warning-began', warning });
  }
  for (const warning of warned) {
    if (!after.warnings.includes(warning)) told.push({ type: 'warning-ended', warning });
  }
  const alarm = before?.recordingAlarm ?? null;
  if (after.recordingAlarm !== alarm) {
    told.push(
      after.recordingAlarm === null
        ? { type: 'recording-recovered' }
        : { type: 'recording-alarm', code: after.recordingAlarm },
    );
  }
  return told;
}

/** One more try in vain: a destination that is away for an hour would fill the log, and push out what else happened. SPEC H9. */
function failedAgain(before: OutputMoment | undefined, { state, errorCode }: OutputMoment): boolean {
  return (
    before?.state === 'connecting' &&
    state === 'backing-off' &&
    errorCode !== null &&
    errorCode === before.errorCode
  );
}

function ofOutput(before: OutputMoment | undefined, after: OutputMoment): StreamHappening[] {
  const { id: output, name, state, reconnects } = after;
  const reconnected = reconnects > (before?.reconnects ?? 0);
  if (!reconnected && (before?.state === state || failedAgain(before, after))) return [];
  switch (state) {
    case 'live':
      return before?.state === 'degraded' && !reconnected
        ? []
        : [{ type: 'output-live', output, name, reconnected: reconnects > 0 }];
    case 'degraded':
      return [{ type: 'output-degraded', output, name }];
    case 'backing-off':
      return [{ type: 'output-interrupted', output, name, code: after.errorCode ?? 'media_failed' }];
    case 'failed':
      return [{ type: 'output-failed', output, name, code: after.errorCode ?? 'target_rejected' }];
    case 'stopped':
      return [{ type: 'output-stopped', output, name }];
    case 'idle':
    case 'connecting':
      return [];
  }
}
