import { mkdir, open, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { PART_FILE, PARTIAL, type PartFacts, partName, readPartName, type Take } from './take.ts';

/** Folder of the part that this process writes. Others of the same take may be written elsewhere; names never meet. */
export class PartFolder {
  readonly #takeFolder: string;
  readonly #take: Take;
  readonly #wallClock: () => Date;
  #folder: string | undefined;
  #factsWritten = false;

  constructor(takeFolder: string, take: Take, wallClock: () => Date) {
    this.#takeFolder = takeFolder;
    this.#take = take;
    this.#wallClock = wallClock;
  }

  /** Makes the folder and writes its facts, the first time. */
  async begin(start: Pick<PartFacts, 'startedAt' | 'startedTime'>): Promise<void> {
    this.#folder ??= await this.#create();
    if (this.#factsWritten) return;
    const { streamId, recordingId } = this.#take;
    const facts: PartFacts = { streamId, recordingId, ...start };
    await this.write(PART_FILE, Buffer.from(JSON.stringify(facts)));
    this.#factsWritten = true;
  }

  /** A file with this name is there only when it is complete and safe from a power cut. */
  async write(name: string, bytes: Uint8Array): Promise<void> {
    const folder = this.#folder;
    if (folder === undefined) throw new Error('the part was not begun');
    const path = join(folder, name);
    const file = await open(path + PARTIAL, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(path + PARTIAL, path);
    await syncFolder(folder);
  }

  async #create(): Promise<string> {
    const { fence } = this.#take;
    await mkdir(this.#takeFolder, { recursive: true, mode: 0o700 });
    const before = (await readdir(this.#takeFolder))
      .map(readPartName)
      .filter((part) => part?.fence === fence);
    // Behind those before, even when the clock on the wall was set back.
    const newest = Math.max(0, ...before.map((part) => part?.begunAt ?? 0));
    const begunAt = Math.max(this.#wallClock().getTime(), newest + 1);
    const folder = join(this.#takeFolder, partName(fence, begunAt));
    await mkdir(folder, { mode: 0o700 });
    return folder;
  }
}

/** So that a new name survives a power cut. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}
