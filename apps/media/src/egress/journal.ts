import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { PictureFormat } from './slate.ts';

/** A journal that nobody continued within this belongs to a show that is over. */
const FORGET_MS = 7 * 24 * 60 * 60 * 1_000;
/** The machine's monotonic clock begins anew when it starts; the wall clock moves by less than this while it runs. */
const SAME_BOOT_MS = 60_000;

const journalSchema = z.object({
  zeroMs: z.number(),
  /** Wall clock less monotonic clock, ms. */
  clockOffsetMs: z.number(),
  format: z.object({ width: z.number(), height: z.number(), fps: z.number() }),
  /** base64 */
  avcC: z.string().nullable(),
});

/** What a show needs to go on as if egress had not died. No secrets: outputs and their keys come from the supervisor. */
export interface ShowMemory {
  /** Begin of the show on the machine's monotonic clock, ms. */
  readonly zeroMs: number;
  readonly format: PictureFormat;
  /** The live programme's parameter sets. */
  readonly avcC: Uint8Array | null;
}

export interface Clocks {
  readonly monotonicMs: () => number;
  readonly wallMs: () => number;
}

/** Remembers a running show on disk, so that the next egress process continues its time line. */
export class Journal {
  readonly #folder: string;
  readonly #path: string;
  readonly #clocks: Clocks;
  readonly #failed: (error: unknown) => void;
  #wanted: ShowMemory | undefined;
  #work: Promise<void> = Promise.resolve();

  constructor(dataDir: string, streamId: string, clocks: Clocks, failed: (error: unknown) => void) {
    this.#failed = failed;
    this.#folder = join(dataDir, 'journal');
    this.#path = join(this.#folder, `${streamId}.json`);
    this.#clocks = clocks;
  }

  /** The show that was interrupted; null when there is none that can be continued. */
  async read(): Promise<ShowMemory | null> {
    await this.#forgetOld();
    const text = await readFile(this.#path, 'utf8').catch(() => null);
    const parsed = text === null ? undefined : journalSchema.safeParse(parseJson(text));
    if (parsed?.success !== true) return null;
    const { zeroMs, clockOffsetMs, format, avcC } = parsed.data;
    const moved = clockOffsetMs - this.#offset();
    const zero = Math.abs(moved) < SAME_BOOT_MS ? zeroMs : zeroMs + moved;
    const age = this.#clocks.monotonicMs() - zero;
    if (age < 0 || age > FORGET_MS) return null;
    return { zeroMs: zero, format, avcC: avcC === null ? null : Buffer.from(avcC, 'base64') };
  }

  /** Writes it down soon; of several that come while the disk is busy the newest one counts. */
  write(memory: ShowMemory): void {
    const waiting = this.#wanted !== undefined;
    this.#wanted = memory;
    if (!waiting) this.#next(() => this.#writeWanted());
  }

  /** The show is over. */
  remove(): void {
    this.#next(() => rm(this.#path, { force: true }));
  }

  /** Resolves when everything asked for so far is on disk, or has failed. */
  settled(): Promise<void> {
    return this.#work;
  }

  #next(step: () => Promise<void>): void {
    this.#work = this.#work.then(step).catch(this.#failed);
  }

  async #writeWanted(): Promise<void> {
    const memory = this.#wanted;
    this.#wanted = undefined;
    if (memory === undefined) return;
    const { zeroMs, format, avcC } = memory;
    const kept: z.infer<typeof journalSchema> = {
      zeroMs,
      clockOffsetMs: this.#offset(),
      format: { width: format.width, height: format.height, fps: format.fps },
      avcC: avcC === null ? null : Buffer.from(avcC).toString('base64'),
    };
    await this.#replace(JSON.stringify(kept));
  }

  async #replace(text: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const draft = `${this.#path}.new`;
    const file = await open(draft, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, this.#path);
  }

  async #forgetOld(): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    for (const path of names.map((name) => join(this.#folder, name))) {
      const facts = await stat(path).catch(() => null);
      if (facts !== null && this.#clocks.wallMs() - facts.mtimeMs > FORGET_MS)
        await rm(path, { force: true });
    }
  }

  #offset(): number {
    return this.#clocks.wallMs() - this.#clocks.monotonicMs();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Cut off by a power loss; the same as none.
    return null;
  }
}
