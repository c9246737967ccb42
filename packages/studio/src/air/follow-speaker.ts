import type { SourceId } from '../ids.ts';

/** Who speaks, as far as the picture follows it. */
export interface SpeakerState {
  /** Whoever is to be shown; null: nobody has spoken yet, or the one who did has left. */
  readonly speaker: SourceId | null;
  /** Since when, in the caller's milliseconds. */
  readonly sinceMs: number;
  /** Whoever is louder than the speaker now, and since when. */
  readonly challenger: {
    readonly source: SourceId;
    readonly sinceMs: number;
    readonly heardMs: number;
  } | null;
}

export const NO_SPEAKER: SpeakerState = { speaker: null, sinceMs: 0, challenger: null };

/** Quieter than this (of 0 to 1) is breath and keyboard, not speech. */
const SPEECH = 0.3;
/** A challenger speaks for so long before the picture turns: longer than a laugh, a cough or a "yes". */
const CONVINCED_MS = 1200;
/** A pause of speech shorter than this does not count: words and breath. */
const PAUSE_MS = 500;
/** The picture rests so long on everybody: faster changes make people seasick. */
const REST_MS = 3000;

/**
 * Who is to be shown after these loudnesses (0 to 1) of the cameras on air at `nowMs`. Turns slowly: to somebody who
 * has spoken alone for a while, and not again right after a turn; in silence, or while two speak at once, it stays
 * where it is. Call it several times a second. SPEC F.
 */
export function followSpeaker(
  state: SpeakerState,
  levels: ReadonlyMap<SourceId, number>,
  nowMs: number,
): SpeakerState {
  const here = state.speaker !== null && levels.has(state.speaker);
  const speaker = here ? state.speaker : null;
  const sinceMs = here ? state.sinceMs : nowMs;
  const loudest = loudestOf(levels);
  // Whoever is shown still speaks, or nobody is shown: that ends a challenge, or decides at once.
  if (loudest !== null && (speaker === null || loudest === speaker)) {
    return loudest === speaker ? { speaker, sinceMs, challenger: null } : turnTo(loudest, nowMs);
  }
  const challenger = challengerOf(state, levels, loudest, nowMs);
  if (challenger === null) return { speaker, sinceMs, challenger };
  const isConvinced = challenger.heardMs - challenger.sinceMs >= CONVINCED_MS;
  const hasRested = nowMs - sinceMs >= REST_MS;
  return isConvinced && hasRested ? turnTo(challenger.source, nowMs) : { speaker, sinceMs, challenger };
}

function turnTo(speaker: SourceId, nowMs: number): SpeakerState {
  return { speaker, sinceMs: nowMs, challenger: null };
}

function loudestOf(levels: ReadonlyMap<SourceId, number>): SourceId | null {
  let loudest: SourceId | null = null;
  let level = SPEECH;
  for (const [source, heard] of levels) {
    if (heard < level) continue;
    loudest = source;
    level = heard;
  }
  return loudest;
}

function challengerOf(
  { challenger }: SpeakerState,
  levels: ReadonlyMap<SourceId, number>,
  loudest: SourceId | null,
  nowMs: number,
): SpeakerState['challenger'] {
  const stays =
    challenger !== null && levels.has(challenger.source) && nowMs - challenger.heardMs <= PAUSE_MS;
  if (loudest === null) return stays ? challenger : null;
  if (stays && challenger.source === loudest) return { ...challenger, heardMs: nowMs };
  return { source: loudest, sinceMs: nowMs, heardMs: nowMs };
}
