import type { Rung, StudioView } from '@streamus/client';
import type { ErrorCode, OutputId, ProgrammeWarning } from '@streamus/contracts';

/** What needs the producer while live, most pressing first. */
export type Trouble =
  | {
      readonly kind: 'output';
      /** Distinguishes troubles over time; the same trouble keeps its key. */
      readonly key: string;
      readonly output: OutputId;
      readonly name: string;
      readonly failed: boolean;
      readonly code: ErrorCode | null;
      readonly retryAt: string | null;
    }
  | { readonly kind: 'warning'; readonly key: string; readonly warning: ProgrammeWarning }
  | { readonly kind: 'slate'; readonly key: string }
  | { readonly kind: 'normalised'; readonly key: string; readonly code: ErrorCode }
  | { readonly kind: 'recording'; readonly key: string; readonly code: ErrorCode }
  | { readonly kind: 'load'; readonly key: string; readonly rung: SeenRung };

/** What the audience sees of a composer that cannot keep up. */
type SeenRung = Extract<Rung, 'slow' | 'low-rate'>;

export function troublesOf({ stream, outputs, programmeHealth, composer }: StudioView): Trouble[] {
  if (stream?.status !== 'live') return [];
  const troubles: Trouble[] = outputs
    .filter(({ health }) => health.state === 'backing-off' || health.state === 'failed')
    .map(({ id, name, health }) => ({
      kind: 'output',
      key: `output ${id} ${health.state}`,
      output: id,
      name,
      failed: health.state === 'failed',
      code: health.lastError?.code ?? null,
      retryAt: health.retryAt,
    }));
  if (composer.kind === 'here') {
    const { rung } = composer.load;
    if (rung === 'slow' || rung === 'low-rate') troubles.push({ kind: 'load', key: `load ${rung}`, rung });
  }
  if (programmeHealth === null) return troubles;
  const { state, warnings, normalised, recordingAlarm } = programmeHealth;
  if (state === 'slate') troubles.push({ kind: 'slate', key: 'slate' });
  const explained = troubles.some(({ kind }) => kind === 'load');
  for (const warning of warnings) {
    if (warning === 'low-frame-rate' && explained) continue;
    troubles.push({ kind: 'warning', key: `warning ${warning}`, warning });
  }
  if (recordingAlarm !== null) {
    troubles.push({ kind: 'recording', key: `recording ${recordingAlarm}`, code: recordingAlarm });
  }
  if (normalised !== null) {
    troubles.push({ kind: 'normalised', key: `normalised ${normalised}`, code: normalised });
  }
  return troubles;
}
