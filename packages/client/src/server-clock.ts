/** How far the server's clock is ahead of this machine's at least and at most, in milliseconds. */
export interface ClockBounds {
  readonly least: number;
  readonly most: number;
}

/** A question to the server and its answer, by this machine's clock, and what the server's clock said between the two. */
export interface ClockAnswer {
  readonly askedMs: number;
  readonly answeredMs: number;
  readonly serverMs: number;
}

/**
 * What is known after one more answer. Each one narrows the bounds; one that contradicts them means that a clock was
 * set, or has drifted away, and stands alone.
 */
export function learnClock(
  known: ClockBounds | null,
  { askedMs, answeredMs, serverMs }: ClockAnswer,
): ClockBounds {
  // The server says whole milliseconds, rounded down.
  const [least, most] = [serverMs - answeredMs, serverMs + 1 - askedMs];
  if (known === null || least > known.most || most < known.least) return { least, most };
  return { least: Math.max(least, known.least), most: Math.min(most, known.most) };
}

/** The middle of what is possible, in whole milliseconds; nothing known: the clocks agree. */
export function clockAhead(bounds: ClockBounds | null): number {
  return bounds === null ? 0 : Math.round((bounds.least + bounds.most) / 2);
}

/** This machine's clock, as it was when the browser started: setting it moves no answer that is on its way. */
export function machineClockMs(): number {
  return performance.timeOrigin + performance.now();
}
