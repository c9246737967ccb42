/**
 * What a composer gives up when its machine cannot keep up, mildest first. Never the programme's size: parameter sets
 * that change in mid-show corrupt or end broadcasts (media.md 1.6).
 */
export const RUNGS = ['full', 'small-pictures', 'few-frames', 'slow', 'low-rate'] as const;
export type Rung = (typeof RUNGS)[number];

/** What a second of composing cost. */
export interface LoadFacts {
  /** Any monotonic clock. */
  readonly nowMs: number;
  /** The rate of the programme as the document has it. */
  readonly programmeFps: number;
  /** Mean of the paint times: a slow one that makes no frame late is no load, and one that does is counted as that. */
  readonly paintMs: number;
  /** Per second: ticks that came too late to be drawn. */
  readonly lateFrames: number;
  /** Per second: pictures that the encoder left out though the line to the room had room for them. */
  readonly encoderDrops: number;
  /** Per second: sound that was never sent, ms. */
  readonly lostSoundMs: number;
}

export interface LadderState {
  readonly rung: Rung;
  /** What the last step down was for; null on the top rung. */
  readonly reason: LoadReason | null;
  readonly seenMs: number;
  /** Since when every second was too much; null: the last one was not. */
  readonly overSinceMs: number | null;
  /** Since when every second had room for the rung above; null: the last one had not. */
  readonly calmSinceMs: number | null;
  /** How long it must be calm before the next step up. */
  readonly patienceMs: number;
  readonly climbedMs: number | null;
}

/** Painting is too slow, the browser does not come round to it or to the sound, or the encoder does not keep up. */
export type LoadReason = 'paint' | 'late' | 'encoder' | 'sound';

/** media.md 4.3: more than this share of a frame's time leaves none for what else a browser does. */
const FULL_SHARE = 0.8;
/** A step up must leave this much free, or it would be taken back at once. */
const CALM_SHARE = 0.5;
/** Of the frames due. One in twenty late is seen as stutter; one in a hundred is a browser's housekeeping. */
const LATE_SHARE = { over: 0.05, calm: 0.01 };
/** An encoder that finds its rate leaves a few out. */
const DROP_SHARE = { over: 0.1, calm: 0.03 };

/** Per second. A tenth of it makes speech hard to follow; less may be a machine without a sound card, whose clock is a timer. */
const LOST_SOUND_MS = { over: 100, calm: 40 };

/** A busy moment (a scene change, somebody who joins) is no load; three seconds of stutter are seen. */
export const OVER_MS = 3_000;
export const PATIENCE_MS = 10_000;
const MOST_PATIENCE_MS = 160_000;
/** A step up that is taken back sooner than this was too early: the next one waits twice as long. */
export const PROBATION_MS = 30_000;
/** Without facts for longer, the seconds before say nothing any more: the machine slept. */
const GAP_MS = 5_000;

export const startLadder = (nowMs: number): LadderState => ({
  rung: 'full',
  reason: null,
  seenMs: nowMs,
  overSinceMs: null,
  calmSinceMs: null,
  patienceMs: PATIENCE_MS,
  climbedMs: null,
});

/** The frames per second that are painted on a rung. */
export function fpsOn(rung: Rung, programmeFps: number): number {
  switch (rung) {
    case 'full':
    case 'small-pictures':
    case 'few-frames':
      return programmeFps;
    case 'slow':
      return Math.round(programmeFps * 0.8);
    case 'low-rate':
      // Well above half: with less the media engine encodes the programme anew (media-formats SPEC G4).
      return Math.round(programmeFps * 0.6);
  }
}

/** What a second was too much for; null: it was not. */
function overload(rung: Rung, facts: LoadFacts): LoadReason | null {
  const fps = fpsOn(rung, facts.programmeFps);
  if (facts.paintMs > (FULL_SHARE * 1000) / fps) return 'paint';
  if (facts.lateFrames > LATE_SHARE.over * fps) return 'late';
  if (facts.encoderDrops > DROP_SHARE.over * fps) return 'encoder';
  if (facts.lostSoundMs > LOST_SOUND_MS.over) return 'sound';
  return null;
}

function isCalmFor(above: Rung, facts: LoadFacts): boolean {
  const fps = fpsOn(above, facts.programmeFps);
  return (
    facts.paintMs < (CALM_SHARE * 1000) / fps &&
    facts.lateFrames <= LATE_SHARE.calm * fps &&
    facts.encoderDrops <= DROP_SHARE.calm * fps &&
    facts.lostSoundMs <= LOST_SOUND_MS.calm
  );
}

const beside = (rung: Rung, steps: 1 | -1): Rung | undefined => RUNGS[RUNGS.indexOf(rung) + steps];

/** The ladder after one more second. Steps one rung at a time and lets each show its effect. */
export function stepLadder(before: LadderState, facts: LoadFacts): LadderState {
  const { nowMs } = facts;
  const rested = nowMs - before.seenMs > GAP_MS ? { overSinceMs: null, calmSinceMs: null } : before;
  const reason = overload(before.rung, facts);
  const above = beside(before.rung, -1);
  const calm = above !== undefined && isCalmFor(above, facts);
  const state: LadderState = {
    ...before,
    seenMs: nowMs,
    overSinceMs: reason === null ? null : (rested.overSinceMs ?? nowMs),
    calmSinceMs: calm ? (rested.calmSinceMs ?? nowMs) : null,
  };
  if (reason !== null && state.overSinceMs !== null && nowMs - state.overSinceMs >= OVER_MS) {
    return down(state, reason);
  }
  if (above !== undefined && state.calmSinceMs !== null && nowMs - state.calmSinceMs >= state.patienceMs) {
    return up(state, above);
  }
  return state;
}

function down(state: LadderState, reason: LoadReason): LadderState {
  const { seenMs, climbedMs, patienceMs } = state;
  const rung = beside(state.rung, 1);
  if (rung === undefined) return { ...state, reason };
  const tooEarly = climbedMs !== null && seenMs - climbedMs < PROBATION_MS;
  return {
    ...state,
    rung,
    reason,
    overSinceMs: null,
    calmSinceMs: null,
    climbedMs: null,
    patienceMs: tooEarly ? Math.min(MOST_PATIENCE_MS, 2 * patienceMs) : PATIENCE_MS,
  };
}

function up(state: LadderState, rung: Rung): LadderState {
  return {
    ...state,
    rung,
    reason: rung === 'full' ? null : state.reason,
    calmSinceMs: null,
    climbedMs: state.seenMs,
  };
}
