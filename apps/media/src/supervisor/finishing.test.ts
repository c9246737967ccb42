import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RecordingId, recordingIdSchema, streamIdSchema } from '@streamus/contracts';
import { createLogger } from '@streamus/platform';
import { folderObjectStore } from '@streamus/platform/objects';
import { expect, test } from 'vitest';
import type { FinishedRecording } from '../recorder/finalise.ts';
import { Finishing } from './finishing.ts';

const ID = recordingIdSchema.parse('00000000-0000-4000-8000-000000000001');
const STREAM = streamIdSchema.parse('00000000-0000-4000-8000-000000000002');
const FINISHED: FinishedRecording = {
  ...{ fileKey: 'a.mp4', thumbnailKey: 'a.jpg' },
  ...{ size: 1, seconds: 1, resolution: '640x360' },
};

/** A recording that fails with these errors, one after the other, before it succeeds. */
function scene(errors: Error[]) {
  const status = { now: 'processing' };
  let tries = 0;
  let now = 0;
  const set = (next: string) => async (_id: RecordingId) => {
    status.now = next;
  };
  const dataDir = join(tmpdir(), 'streamus-finishing-test');
  const finishing = new Finishing(
    {
      unfinishedRecordings: async () => (status.now === 'processing' ? [{ id: ID, streamId: STREAM }] : []),
      finishRecording: set('ready'),
      failRecording: set('error'),
    },
    folderObjectStore(join(dataDir, 'objects')),
    dataDir,
    createLogger('test', 'silent'),
    () => now,
    async () => {
      tries += 1;
      const error = errors.shift();
      if (error !== undefined) throw error;
      return FINISHED;
    },
  );
  const round = async (afterMs: number): Promise<void> => {
    now += afterMs;
    finishing.start(() => false);
    await finishing.settled();
  };
  return { status, round, tries: () => tries };
}

const FULL = [
  Object.assign(new Error("ENOSPC: no space left on device, copyfile 'a' -> 'b'"), { code: 'ENOSPC' }),
  new Error('FFmpeg could not join the segments (1): a.mp4: No space left on device'),
];

test('a full disk is waited out, however long, with growing pauses', async () => {
  const { status, round, tries } = scene(Array.from({ length: 20 }, (_, n) => FULL[n % 2] ?? new Error()));
  await round(0);
  await round(1_000);
  expect(tries()).toBe(1);
  for (let n = 0; n < 20; n += 1) await round(60_000);
  expect(tries()).toBe(21);
  expect(status.now).toBe('ready');
});

test('a take that cannot be joined is given up after five tries', async () => {
  const { status, round } = scene(Array.from({ length: 9 }, () => new Error('damaged')));
  for (let n = 0; n < 4; n += 1) await round(60_000);
  expect(status.now).toBe('processing');
  await round(60_000);
  expect(status.now).toBe('error');
});
