import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RecordingId } from '@streamus/contracts';
import { FlvReader, type FlvTag } from '@streamus/media-formats';
import { folderObjectStore, type ObjectStore } from '@streamus/platform/objects';
import { takeFolder } from '../recorder/take.ts';
import { readContents, readSegment } from '../recorder/take-contents.ts';
import { tagsOf } from '../recorder/take-tags.ts';
import { timelineOf } from '../recorder/timeline.ts';
import type { MediaRig, RigStream } from './rig.ts';

const run = promisify(execFile);

export async function recordingOf(rig: MediaRig, stream: RigStream): Promise<RecordingId> {
  const { id } = await rig.database.db
    .selectFrom('recordings')
    .select('id')
    .where('stream_id', '=', stream.id)
    .executeTakeFirstOrThrow();
  return id;
}

/** Waits until the recording can be had. */
export async function finishedRecording(rig: MediaRig, id: RecordingId) {
  const row = () =>
    rig.database.db.selectFrom('recordings').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  await rig.until(async () => (await row()).status === 'ready', 'recording');
  return row();
}

/** Tags of a file that FFmpeg reads, for instance an MP4. */
export async function tagsOfFile(file: string): Promise<FlvTag[]> {
  const { stdout } = await run('ffmpeg', ['-v', 'error', '-i', file, '-c', 'copy', '-f', 'flv', 'pipe:1'], {
    encoding: 'buffer',
    maxBuffer: 1024 ** 3,
  });
  return new FlvReader().push(stdout);
}

/** All tags of a take that is being recorded, wherever they are by now. */
export async function recordedTags(rig: MediaRig, stream: RigStream): Promise<FlvTag[]> {
  const id = await recordingOf(rig, stream);
  return tagsOfTake(takeFolder(rig.dataDir, id), id, folderObjectStore(join(rig.dataDir, 'objects')));
}

export async function tagsOfTake(folder: string, id: string, store: ObjectStore): Promise<FlvTag[]> {
  const tags: FlvTag[] = [];
  for (const { segment, offsetMs } of timelineOf(await readContents(folder, id, store)).placed) {
    const bytes = await readSegment(segment, store, () => undefined);
    tags.push(...tagsOf(bytes).map((tag) => ({ ...tag, time: Math.max(0, tag.time + offsetMs) })));
  }
  return tags;
}
