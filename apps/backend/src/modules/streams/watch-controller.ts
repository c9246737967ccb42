import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Controller, Inject, Res } from '@nestjs/common';
import { routes, type StreamId } from '@streamus/contracts';
import { peopleOnAir } from '@streamus/studio';
import type { Response } from 'express';
import { CONFIG, type Config } from '../../config.ts';
import { AppError } from '../../http/app-error.ts';
import { type Call, Endpoint, TheCall } from '../../http/endpoint.ts';
import { StudiosRepository } from '../studios/studios-repository.ts';
import { StreamsRepository } from './streams-repository.ts';

const PLAYLIST = 'index.m3u8';

/** What the public sees, without an account. */
@Controller()
export class WatchController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(StreamsRepository) private readonly streams: StreamsRepository,
    @Inject(StudiosRepository) private readonly studios: StudiosRepository,
  ) {}

  @Endpoint(routes.watchStream)
  async watch(@TheCall() { params }: Call<typeof routes.watchStream>) {
    const stream = await this.streams.find(params.streamId);
    if (stream === undefined) throw new AppError('not_found');
    const document =
      stream.status === 'live' ? (await this.studios.readDocument(stream.studio_id))?.document : undefined;
    return {
      id: stream.id,
      title: stream.title,
      description: stream.description,
      status: stream.status,
      scheduledStart: stream.scheduled_start?.toISOString() ?? null,
      startedAt: stream.actual_start?.toISOString() ?? null,
      people: document === undefined ? [] : peopleOnAir(document).map((person) => person.name),
      playlist: (await this.#playable(stream.id, stream.status))
        ? `/api/v1/watch/${stream.id}/hls/${PLAYLIST}`
        : null,
    };
  }

  @Endpoint(routes.watchMedia)
  async media(@TheCall() { params, request }: Call<typeof routes.watchMedia>, @Res() response: Response) {
    const path = this.#file(params.streamId, params.file);
    const info = await stat(path).catch(() => null);
    if (info === null) throw new AppError('not_found');
    const playlist = params.file.endsWith('.m3u8');
    response.setHeader('content-type', playlist ? 'application/vnd.apple.mpegurl' : 'video/mp2t');
    response.setHeader('cache-control', playlist ? 'no-cache' : 'public, max-age=3600, immutable');
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('vary', 'accept-encoding');
    const packed = playlist && request.acceptsEncodings('gzip') !== false;
    if (packed) response.setHeader('content-encoding', 'gzip');
    else response.setHeader('content-length', String(info.size));
    try {
      // A rewind window of half an hour makes a long list, which every viewer asks for every second or two.
      await (packed
        ? pipeline(createReadStream(path), createGzip(), response)
        : pipeline(createReadStream(path), response));
    } catch (error) {
      if (!request.destroyed && !response.destroyed) throw error;
    }
  }

  async #playable(streamId: StreamId, status: string): Promise<boolean> {
    return status === 'live' && (await stat(this.#file(streamId, PLAYLIST)).catch(() => null)) !== null;
  }

  #file(streamId: StreamId, name: string): string {
    return join(this.config.DATA_DIR, 'hls', streamId, name);
  }
}
