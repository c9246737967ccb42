import type { SurfaceKind } from './surface.ts';
import type { SurfaceFailureCode } from './surface-failure.ts';

/** Which surface somebody wants; automatic: the one that measures best. */
export type WantedSurface = 'automatic' | SurfaceKind;

/** How long a surface takes to paint a picture and have it ready, ms. */
export interface MeasuredSurface {
  readonly kind: SurfaceKind;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** What a studio's details say about the surface in use. */
export interface SurfaceFacts {
  readonly on: SurfaceKind;
  readonly wanted: WantedSurface;
  readonly measuring: boolean;
  readonly measured: readonly MeasuredSurface[];
  readonly failures: readonly {
    readonly kind: SurfaceKind;
    readonly code: SurfaceFailureCode;
    readonly message: string;
  }[];
}

/** Surfaces take turns in painting the programme and are timed meanwhile. */
export interface Trial {
  /** Those still to be timed; the first one paints. */
  readonly queue: readonly SurfaceKind[];
  /** Of the one that paints. */
  readonly times: readonly number[];
  readonly measured: readonly MeasuredSurface[];
}

/** Of all surfaces together: 60 frames, two seconds. */
export const FRAMES_EACH = 20;
/** The first pictures compile, allocate and upload what later ones find. */
export const WARM_UP = 3;
/** After so many, a surface this much slower than another paints no more: it would only make the programme stutter. */
const FEW = 3;
const HOPELESS = 2;
/**
 * Surfaces this near to one another are equal; then the order decides. The processor's carries the encoder's own format
 * to the encoder without another conversion, and works without a driver that might be lost.
 */
const NEAR = { share: 1.2, ms: 1 };
const ORDER = ['i420', 'webgl2', 'canvas'] as const satisfies readonly SurfaceKind[];

export const startTrial = (queue: readonly SurfaceKind[]): Trial => ({ queue, times: [], measured: [] });

/** The trial after the surface that paints has taken `ms` for one more picture. */
export function noteTime(trial: Trial, ms: number): Trial {
  const [kind, ...rest] = trial.queue;
  if (kind === undefined) return trial;
  const times = [...trial.times, ms];
  const warm = times.slice(WARM_UP);
  const result: MeasuredSurface = { kind, p50Ms: quantile(warm, 0.5), p95Ms: quantile(warm, 0.95) };
  const best = Math.min(...trial.measured.map(({ p50Ms }) => p50Ms));
  const hopeless = warm.length >= FEW && result.p50Ms > HOPELESS * best;
  if (times.length < FRAMES_EACH && !hopeless) return { ...trial, times };
  return { queue: rest, times: [], measured: [...trial.measured, result] };
}

/** The trial without a surface that failed. */
export function withoutSurface({ queue, times, measured }: Trial, failed: SurfaceKind): Trial {
  return {
    queue: queue.filter((kind) => kind !== failed),
    times: queue[0] === failed ? [] : times,
    measured: measured.filter(({ kind }) => kind !== failed),
  };
}

export const isOver = ({ queue }: Trial): boolean => queue.length === 0;

/** The surface that paints best; null: nothing was measured. */
export function bestSurface(measured: readonly MeasuredSurface[]): SurfaceKind | null {
  const fastest = Math.min(...measured.map(({ p50Ms }) => p50Ms));
  const near = Math.max(fastest * NEAR.share, fastest + NEAR.ms);
  const good = measured.filter(({ p50Ms }) => p50Ms <= near).map(({ kind }) => kind);
  return ORDER.find((kind) => good.includes(kind)) ?? null;
}

/** Those that could be the best with more to paint, the best first; it is not worth stuttering for others. */
export function contenders(measured: readonly MeasuredSurface[]): readonly SurfaceKind[] {
  const best = bestSurface(measured);
  const fastest = Math.min(...measured.map(({ p50Ms }) => p50Ms));
  const others = measured.filter(({ kind, p50Ms }) => kind !== best && p50Ms <= HOPELESS * fastest);
  return best === null ? [] : [best, ...others.map(({ kind }) => kind)];
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.POSITIVE_INFINITY;
}
