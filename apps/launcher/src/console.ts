const colour = process.stdout.isTTY === true;
const paint = (code: number, text: string): string => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);

/** One line about what happens now and why. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function sayReady(text: string): void {
  say(`${paint(32, '✓')} ${text}`);
}

export function sayWarning(text: string): void {
  process.stderr.write(`${paint(33, '!')} ${text}\n`);
}

/** Runs a step, saying what it is before and how long it took after. */
export async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  sayReady(`${what} ${paint(2, `(${((performance.now() - started) / 1000).toFixed(1)} s)`)}`);
  return result;
}
