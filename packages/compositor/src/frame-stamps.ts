/** Where the time stamps of a programme stand. Times in milliseconds of one monotonic clock. */
export interface StampState {
  /** From a picture's deadline to its stamp; null before the first. */
  readonly delayMs: number | null;
  readonly lastMs: number;
}

export const startStamps = (): StampState => ({ delayMs: null, lastMs: Number.NEGATIVE_INFINITY });

/** How far a stamp may lie from the moment its picture was ready: half a frame at 30 fps. */
export const STAMP_TOLERANCE_MS = 15;
/** What WebRTC keeps between two stamps at least. */
const LEAST_STEP_MS = 1;

/**
 * The stamp of a picture that was due at `dueMs` and ready at `readyMs`: even steps from one deadline to the next, as
 * long as pictures take about the same time. WebRTC learns how late stamped pictures reach it and never takes a step
 * back from the latest it saw: stamped with their deadlines alone, pictures that took long once would be told to be as
 * much too old for the rest of the show, and their sound would come after them (libwebrtc, rtc_base/timestamp_aligner).
 */
export function stampFrame(
  { delayMs, lastMs }: StampState,
  dueMs: number,
  readyMs: number,
): { readonly state: StampState; readonly stampMs: number } {
  const lateMs = readyMs - dueMs;
  const near = delayMs !== null && Math.abs(lateMs - delayMs) <= STAMP_TOLERANCE_MS;
  const kept = near ? delayMs : lateMs;
  const stampMs = Math.max(dueMs + kept, lastMs + LEAST_STEP_MS);
  return { state: { delayMs: kept, lastMs: stampMs }, stampMs };
}
