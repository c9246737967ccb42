import { join } from 'node:path';
import { z } from 'zod';

/** Facts about one take, kept beside its segments as `take.json`. */
export const takeSchema = z.object({
  streamId: z.string(),
  recordingId: z.string(),
});
export type Take = z.infer<typeof takeSchema>;

export const TAKE_FILE = 'take.json';

/** Folder of a take's segments below the data folder. */
export function spoolFolder(dataDir: string, streamId: string): string {
  return join(dataDir, 'spool', streamId);
}

const SEGMENT = /^segment-(\d{8})\.flv$/;

export function segmentName(index: number): string {
  return `segment-${String(index).padStart(8, '0')}.flv`;
}

/** Segment files of a folder's listing, in order. */
export function segmentFiles(names: readonly string[]): string[] {
  return names.filter((name) => SEGMENT.test(name)).sort();
}

export function segmentIndex(name: string): number {
  return Number(SEGMENT.exec(name)?.[1] ?? -1);
}
