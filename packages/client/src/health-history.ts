import type { OutputId, OutputView, ProgrammeHealth } from '@streamus/contracts';

/** Health at one moment, for graphs over time. */
export interface HealthPoint {
  /** Wall clock, ms. */
  readonly at: number;
  /** Programme's pictures per second. */
  readonly fps: number;
  /** Programme's bits per second. */
  readonly bitrate: number;
  /** Bits per second sent by each output. */
  readonly outputs: Readonly<Record<OutputId, number>>;
}

/** Ten minutes at one point a second. */
export const HISTORY_POINTS = 600;
const MIN_DISTANCE_MS = 800;

/** The history with one more point, unless the last one is younger than a second. */
export function addHealth(
  history: readonly HealthPoint[],
  now: number,
  programme: ProgrammeHealth | null,
  outputs: readonly OutputView[],
): readonly HealthPoint[] {
  const last = history.at(-1);
  if (programme === null || (last !== undefined && now - last.at < MIN_DISTANCE_MS)) return history;
  const point: HealthPoint = {
    at: now,
    fps: programme.fps,
    bitrate: programme.bitrate,
    outputs: Object.fromEntries(outputs.map(({ id, health }) => [id, health.bitrate])),
  };
  return [...history.slice(1 - HISTORY_POINTS), point];
}
