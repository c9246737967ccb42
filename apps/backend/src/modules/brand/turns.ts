/** Lets `width` pieces of work run at once; others wait in line, at most `line` of them. */
export class Turns {
  readonly #width: number;
  readonly #line: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(width: number, line: number) {
    this.#width = width;
    this.#line = line;
  }

  /** Runs `work` in its turn; null when the line is full. */
  async take<T>(work: () => Promise<T>): Promise<T | null> {
    if (this.#running < this.#width) this.#running += 1;
    else {
      if (this.#waiting.length >= this.#line) return null;
      // Whoever ends hands the turn over, so the count stays.
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
