/**
 * The clock pattern: what a test camera shows so that a machine can read back, from any decoded picture of it,
 * whose camera it is (a solid colour), which frame it is (a counter in black and white cells) and whether it
 * flashes (a patch that turns white at whole periods of the clock, together with a beep).
 *
 * All lengths are shares of the picture. Everything lies in the middle half, so that a tile that cuts a 16:9
 * picture down to 8:9 still shows it, and nothing lies at the bottom, where name tags are.
 */
export interface Pattern {
  readonly columns: number;
  readonly rows: number;
  readonly cells: Area;
  readonly flash: Area;
  /** Where only the colour is. */
  readonly colour: readonly Area[];
  /** How long a flash lasts; at least two frames at 10 fps. */
  readonly flashMs: number;
  readonly beepMs: number;
  readonly counterBits: number;
}

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const PATTERN: Pattern = {
  columns: 5,
  rows: 5,
  cells: { x: 0.3, y: 0.26, width: 0.4, height: 0.5 },
  flash: { x: 0.3, y: 0.08, width: 0.4, height: 0.14 },
  colour: [
    { x: 0.255, y: 0.3, width: 0.035, height: 0.4 },
    { x: 0.71, y: 0.3, width: 0.035, height: 0.4 },
  ],
  flashMs: 200,
  beepMs: 100,
  counterBits: 16,
};

/** Counters are told modulo this. */
export const COUNTER_RANGE = 2 ** 16;

/**
 * The 25 cells of a frame, true = white: one white and one black for reference, 16 bits of the counter (highest
 * first), 7 bits of a checksum. Sent to the browser as source text: it must use nothing outside of itself.
 */
export function cellsOf(counter: number): boolean[] {
  const value = counter & 0xffff;
  let check = 0x5a;
  for (let bit = 15; bit >= 0; bit -= 1) {
    const feedback = ((check >> 6) ^ (value >> bit)) & 1;
    // CRC-7 of MMC (x^7 + x^3 + 1): any three wrong cells are noticed.
    check = ((check << 1) & 0x7f) ^ (feedback === 1 ? 0x09 : 0);
  }
  const bits = (value << 7) | check;
  const cells = [true, false];
  for (let bit = 22; bit >= 0; bit -= 1) cells.push(((bits >> bit) & 1) === 1);
  return cells;
}

/** The counter that continues `before` without a limit, from one read modulo 2^16. Steps back by < 2^15 stay. */
export function unwrapCounter(before: number, read: number): number {
  const step = (((read - before) % COUNTER_RANGE) + COUNTER_RANGE) % COUNTER_RANGE;
  return before + (step < COUNTER_RANGE / 2 ? step : step - COUNTER_RANGE);
}

/**
 * When the frame with this counter was drawn, in milliseconds since 1970: cameras count frames of the wall clock.
 * @param nearMs a time less than half a counter's range (36 minutes at 15 fps) away from it
 */
export function drawnAtMs(counter: number, fps: number, nearMs: number): number {
  const near = Math.floor((nearMs * fps) / 1000);
  return (unwrapCounter(near, counter) * 1000) / fps;
}
