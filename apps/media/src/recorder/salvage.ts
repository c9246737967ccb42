import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FLV_HEADER, readFlvContent, writeFlvTag } from '@streamus/media-formats';
import { PARTIAL, readPartName, readSegmentName, segmentName } from './take.ts';
import { tagsOf } from './take-tags.ts';

/**
 * Makes segments of what a process that was killed, or a power cut, left half written. Only for takes that nobody writes
 * any more.
 */
export async function salvageTake(folder: string): Promise<void> {
  for (const part of await readdir(folder).catch(() => [])) {
    if (readPartName(part) === undefined) continue;
    for (const name of await readdir(join(folder, part))) {
      if (name.endsWith(PARTIAL)) await salvage(join(folder, part), name);
    }
  }
}

async function salvage(folder: string, partial: string): Promise<void> {
  const name = partial.slice(0, -PARTIAL.length);
  const facts = readSegmentName(name);
  const tags = facts === undefined ? [] : tagsOf(await readFile(join(folder, partial)));
  const last = tags.findLast((tag) => readFlvContent(tag).kind === 'video');
  if (facts !== undefined && last !== undefined) {
    const bytes = Buffer.concat([FLV_HEADER, ...tags.map(writeFlvTag)]);
    const durationMs = Math.min(facts.durationMs, Math.max(0, last.time - facts.time));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const saved = join(folder, segmentName({ ...facts, durationMs, sha256 }));
    await writeFile(saved + PARTIAL, bytes, { flush: true });
    await rename(saved + PARTIAL, saved);
  }
  await rm(join(folder, partial), { force: true });
}
