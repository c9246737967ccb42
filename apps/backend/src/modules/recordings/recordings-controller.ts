import { Controller, Inject, Res } from '@nestjs/common';
import { type RecordingView, routes } from '@streamus/contracts';
import type { ObjectStore } from '@streamus/platform/objects';
import type { Response } from 'express';
import { OBJECTS } from '../../config.ts';
import { AppError } from '../../http/app-error.ts';
import { type Call, Endpoint, TheCall } from '../../http/endpoint.ts';
import { sendObject } from '../../http/send-object.ts';
import { RecordingsRepository } from './recordings-repository.ts';

@Controller()
export class RecordingsController {
  constructor(
    @Inject(RecordingsRepository) private readonly recordings: RecordingsRepository,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
  ) {}

  @Endpoint(routes.listRecordings)
  async list(@TheCall() { userId }: Call<typeof routes.listRecordings>) {
    return { recordings: (await this.recordings.list(userId)).map(view) };
  }

  @Endpoint(routes.renameRecording)
  async rename(@TheCall() { userId, params, body }: Call<typeof routes.renameRecording>) {
    return view(found(await this.recordings.rename(params.recordingId, userId, body.title)));
  }

  @Endpoint(routes.deleteRecording)
  async remove(@TheCall() { userId, params }: Call<typeof routes.deleteRecording>) {
    found(await this.recordings.markDeleted(params.recordingId, userId));
  }

  @Endpoint(routes.restoreRecording)
  async restore(@TheCall() { userId, params }: Call<typeof routes.restoreRecording>) {
    return view(found(await this.recordings.restore(params.recordingId, userId)));
  }

  @Endpoint(routes.recordingFile)
  async file(
    @TheCall() { userId, params, query, request }: Call<typeof routes.recordingFile>,
    @Res() response: Response,
  ) {
    const recording = found(await this.recordings.findOwn(params.recordingId, userId));
    const key = fileKey(recording, query.part);
    const name = query.part === undefined ? recording.title : `${recording.title} (${query.part})`;
    const disposition = query.download === '1' ? 'attachment' : 'inline';
    await sendObject(request, response, this.objects, key, {
      'content-type': 'video/mp4',
      'cache-control': 'private, max-age=3600',
      'content-disposition': `${disposition}; filename="recording.mp4"; filename*=UTF-8''${encodeURIComponent(name)}.mp4`,
    });
  }

  @Endpoint(routes.recordingThumbnail)
  async thumbnail(
    @TheCall() { userId, params, request }: Call<typeof routes.recordingThumbnail>,
    @Res() response: Response,
  ) {
    const recording = found(await this.recordings.findOwn(params.recordingId, userId));
    if (recording.thumbnail_url === null) throw new AppError('not_found');
    await sendObject(request, response, this.objects, recording.thumbnail_url, {
      'content-type': 'image/jpeg',
      'cache-control': 'private, max-age=86400',
    });
  }
}

type Row = NonNullable<Awaited<ReturnType<RecordingsRepository['findOwn']>>>;

function found<T>(row: T | undefined): T {
  if (row === undefined) throw new AppError('not_found');
  return row;
}

/** Parts can be had while the whole is still made. */
function fileKey(row: Row, part: number | undefined): string {
  if (part !== undefined) return found(row.parts[part - 1]).key;
  if (row.status !== 'ready' || row.file_url === null) throw new AppError('recording_not_ready');
  return row.file_url;
}

const view = (row: Row): RecordingView => ({
  id: row.id,
  streamId: row.stream_id,
  title: row.title,
  status: row.status,
  duration: row.duration,
  fileSize: row.file_size,
  resolution: row.resolution,
  progress: row.progress,
  chapters: row.chapters,
  parts: row.parts.map(({ duration, fileSize, resolution }) => ({ duration, fileSize, resolution })),
  hasThumbnail: row.thumbnail_url !== null,
  startedAt: row.started_at.toISOString(),
});
