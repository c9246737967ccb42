import { followSpeaker, NO_SPEAKER, type SourceId, type SpeakerState } from '@streamus/studio';

/** Watches who speaks while a scene on air follows the speaker. */
export interface SpeakerFollower {
  /** Loudness 0 to 1 of the cameras on air; null: nobody is followed. */
  setLevels(levels: ReadonlyMap<SourceId, number> | null): void;
  readonly speaker: SourceId | null;
  close(): void;
}

/** The room tells levels about twice a second, one's own meter ten times. */
const EVERY_MS = 200;

export function createSpeakerFollower(onSpeaker: (speaker: SourceId | null) => void): SpeakerFollower {
  let levels: ReadonlyMap<SourceId, number> = new Map();
  let state: SpeakerState = NO_SPEAKER;
  let timer: ReturnType<typeof setInterval> | null = null;

  function become(next: SpeakerState): void {
    const changed = next.speaker !== state.speaker;
    state = next;
    if (changed) onSpeaker(state.speaker);
  }

  function stop(): void {
    if (timer !== null) clearInterval(timer);
    timer = null;
  }

  return {
    setLevels(next) {
      if (next === null) {
        stop();
        become(NO_SPEAKER);
        return;
      }
      levels = next;
      timer ??= setInterval(() => become(followSpeaker(state, levels, performance.now())), EVERY_MS);
    },
    get speaker() {
      return state.speaker;
    },
    close: stop,
  };
}
