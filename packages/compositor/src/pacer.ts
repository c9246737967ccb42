/** Where an absolute-deadline clock stands. Times in milliseconds of one monotonic clock. */
export interface PacerState {
  readonly fps: number;
  /** Deadline of frame 0. */
  readonly startMs: number;
  /** The frame that is due next. */
  readonly nextFrame: number;
  /** Frames whose deadline passed before their turn came: skipped, never made up for in a burst. */
  readonly lateFrames: number;
}

export function startPacer(fps: number, nowMs: number): PacerState {
  return { fps, startMs: nowMs, nextFrame: 0, lateFrames: 0 };
}

function deadlineOf(state: PacerState, frame: number): number {
  return state.startMs + (frame * 1000) / state.fps;
}

/** How long to sleep until the next frame is due, ≥ 0 ms. Never drifts: deadlines follow from the start alone. */
export function waitMs(state: PacerState, nowMs: number): number {
  return Math.max(0, deadlineOf(state, state.nextFrame) - nowMs);
}

/**
 * Takes the frame to present at `nowMs`, or null when none is due. When whole frame times have passed unused,
 * the newest due frame is taken and those before it count as late. `dueMs` is its deadline.
 */
export function takeFrame(
  state: PacerState,
  nowMs: number,
): { state: PacerState; frame: number; dueMs: number } | null {
  // Half a millisecond forgives timers that fire a little early; clamped clocks round by as much (media.md 4.2).
  const due = Math.floor(((nowMs + 0.5 - state.startMs) * state.fps) / 1000);
  if (due < state.nextFrame) return null;
  return {
    state: { ...state, nextFrame: due + 1, lateFrames: state.lateFrames + (due - state.nextFrame) },
    frame: due,
    dueMs: deadlineOf(state, due),
  };
}
