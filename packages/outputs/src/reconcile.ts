/** An output as the database wants it. `fingerprint` changes when address or key change. */
export interface DesiredOutput {
  readonly id: string;
  readonly fingerprint: string;
  /** Time of the user's last request to retry, ms, or null. */
  readonly retryRequestedAt: number | null;
}

export interface RunningOutput {
  readonly id: string;
  readonly fingerprint: string;
  /** The request to retry that was acted upon last, ms, or null. */
  readonly retriedAt: number | null;
}

export type OutputStep =
  | { readonly type: 'start'; readonly id: string; readonly reason: 'wanted' | 'changed' }
  | { readonly type: 'stop'; readonly id: string; readonly reason: 'not wanted' | 'changed' }
  | { readonly type: 'retry'; readonly id: string; readonly reason: 'asked for' };

/** What to do so that what runs becomes what is wanted. Stops come first. SPEC R. */
export function reconcileOutputs(
  desired: readonly DesiredOutput[],
  running: readonly RunningOutput[],
): OutputStep[] {
  const wanted = new Map(desired.map((output) => [output.id, output]));
  const stops: OutputStep[] = [];
  const starts: OutputStep[] = [];
  const kept = new Set<string>();
  for (const output of running) {
    const target = wanted.get(output.id);
    if (target === undefined) {
      stops.push({ type: 'stop', id: output.id, reason: 'not wanted' });
    } else if (target.fingerprint !== output.fingerprint) {
      stops.push({ type: 'stop', id: output.id, reason: 'changed' });
      starts.push({ type: 'start', id: output.id, reason: 'changed' });
      kept.add(output.id);
    } else {
      kept.add(output.id);
      if (target.retryRequestedAt !== null && target.retryRequestedAt > (output.retriedAt ?? 0)) {
        starts.push({ type: 'retry', id: output.id, reason: 'asked for' });
      }
    }
  }
  for (const { id } of desired) if (!kept.has(id)) starts.push({ type: 'start', id, reason: 'wanted' });
  return [...stops, ...starts];
}
