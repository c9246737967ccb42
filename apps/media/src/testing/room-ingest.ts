import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BusRecord } from '@streamus/media-formats';
import { startLivekitServer } from '@streamus/testkit/livekit-server';
import { roomToken } from '@streamus/testkit/livekit-token';
import {
  type Clip,
  type ClipOptions,
  makeClip,
  type Publisher,
  publishClip,
} from '@streamus/testkit/publisher';
import { onTestFinished } from 'vitest';
import { listenForIngest } from '../egress/bus-server.ts';
import { Ingest, type IngestOptions } from '../ingest/ingest.ts';

export interface RoomIngest {
  readonly ingest: Ingest;
  readonly clip: Clip;
  /** How often it entered the room. */
  joins(): number;
  /** The composer of this epoch comes with the clip. */
  publish(epoch: number): Publisher;
}

/** LiveKit, an ingest in this process and a listener on its bus, all of which end with the test. */
export async function startRoomIngest(options: {
  readonly clip: ClipOptions;
  readonly hear: (record: BusRecord) => void;
  readonly tcpOnly?: boolean;
  readonly createReceiver?: IngestOptions['createReceiver'];
}): Promise<RoomIngest> {
  const { hear, tcpOnly = false, createReceiver } = options;
  const { width, height, fps, kbps } = options.clip;
  const folder = await mkdtemp(join(tmpdir(), 'streamus-room-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const livekit = await startLivekitServer({ tcpOnly });
  onTestFinished(() => livekit.close());
  const clip = await makeClip(options.clip);
  const busPath = join(folder, 'bus.sock');
  const bus = await listenForIngest(busPath, hear, () => undefined);
  onTestFinished(() => bus.close());
  const token = (identity: string, canPublish: boolean) =>
    roomToken(livekit, 'room', identity, { canPublish, canSubscribe: !canPublish, hidden: !canPublish });
  let joins = 0;
  const ingest = new Ingest({
    livekitUrl: livekit.url,
    busPath,
    format: { width, height, fps, videoBitrate: kbps * 1_000 },
    token: async () => {
      joins += 1;
      return token('ingest', false);
    },
    displaced: () => undefined,
    log: () => undefined,
    ...(createReceiver === undefined ? {} : { createReceiver }),
  });
  onTestFinished(() => ingest.close());
  return {
    ingest,
    clip,
    joins: () => joins,
    publish: (epoch) => publishClip({ url: livekit.url, token: token(`composer:${epoch}`, true), clip }),
  };
}
