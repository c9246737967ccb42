/** Commands a person can send in a burst, and per second after that; a key held down stays below it. */
export const COMMAND_BURST = 40;
export const COMMANDS_PER_SECOND = 20;
/** Nothing but a command that says what a whole brand kit holds is longer. */
export const USUAL_MESSAGE_LENGTH = 64 * 1024;

export interface CommandPace {
  /** Takes a message of that weight if it may go now; false: too fast. */
  take(nowMs: number, weight: number): boolean;
  /** Milliseconds from `nowMs` until a message of that weight may go; 0: it may. */
  waitMs(nowMs: number, weight: number): number;
}

/** How many usual messages one of `length` characters counts for. */
export function messageWeight(length: number): number {
  return Math.ceil(length / USUAL_MESSAGE_LENGTH);
}

/** A bucket of `burst` commands that fills with `perSecond` of them. */
export function createCommandPace(burst: number, perSecond: number, startMs: number): CommandPace {
  let tokens = burst;
  let filledAt = startMs;
  const fill = (nowMs: number) => {
    // A clock that is set back takes nothing away.
    tokens = Math.min(burst, tokens + (Math.max(0, nowMs - filledAt) / 1000) * perSecond);
    filledAt = nowMs;
  };
  return {
    take(nowMs, weight) {
      fill(nowMs);
      if (tokens < weight) return false;
      tokens -= weight;
      return true;
    },
    waitMs(nowMs, weight) {
      fill(nowMs);
      return tokens >= weight ? 0 : Math.ceil(((weight - tokens) * 1000) / perSecond);
    },
  };
}
