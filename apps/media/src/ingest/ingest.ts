import { ShowClock } from '@streamus/media-formats';
import { monotonicMs } from '../monotonic.ts';
import { AudioTrack } from './audio-track.ts';
import { openBusLink } from './bus-link.ts';
import { emptyIngestStats, type IngestStats } from './ingest-stats.ts';
import { RoomSession } from './room-session.ts';
import { VideoTrack } from './video-track.ts';
import type { IncomingTrack } from './webrtc.ts';
import { createWeriftReceiver } from './werift-receiver.ts';

const TICK_MS = 15;
const FIRST_RETRY_MS = 250;
/** A LiveKit that comes back is found at once as people count; one try costs it next to nothing. */
const LAST_RETRY_MS = 1_500;

export interface IngestOptions {
  readonly livekitUrl: string;
  /** Path of the unix socket that egress listens on. */
  readonly busPath: string;
  /** A fresh room token for every try. */
  readonly token: () => Promise<string>;
  readonly log: (message: string, fields: object) => void;
  /** Another WebRTC stack than werift. */
  readonly createReceiver?: typeof createWeriftReceiver;
}

/** Follows the composer of one room and sends its media to egress until it is closed. */
export class Ingest {
  readonly stats: IngestStats = emptyIngestStats();
  readonly #options: IngestOptions;
  readonly #link;
  readonly #ticker: NodeJS.Timeout;
  #clock = new ShowClock();
  #epoch = 0;
  #session: RoomSession | undefined;
  #video: VideoTrack | undefined;
  #audio: AudioTrack | undefined;
  #retryMs = FIRST_RETRY_MS;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: IngestOptions) {
    this.#options = options;
    this.#link = openBusLink(options.busPath, () => this.#video?.restart());
    this.#ticker = setInterval(() => {
      const now = monotonicMs();
      this.#video?.tick(now);
      this.#audio?.tick(now);
    }, TICK_MS);
    void this.#connect();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#ticker);
    clearTimeout(this.#retry);
    this.#session?.close('closed by us');
    this.#link.close();
  }

  async #connect(): Promise<void> {
    let token: string;
    try {
      token = await this.#options.token();
    } catch (error) {
      this.#scheduleRetry(`no token: ${String(error)}`, 'after a pause');
      return;
    }
    if (this.#closed) return;
    this.#session = new RoomSession(
      this.#options.livekitUrl,
      token,
      this.#epoch,
      (iceServers, events) =>
        (this.#options.createReceiver ?? createWeriftReceiver)(
          iceServers,
          loopbackAddresses(this.#options.livekitUrl),
          events,
        ),
      {
        joined: () => {
          this.#retryMs = FIRST_RETRY_MS;
          this.stats.joined = true;
          this.#options.log('joined the room', {});
        },
        track: (track, epoch) => this.#takeTrack(track, epoch),
        closed: (reason, again) => this.#scheduleRetry(reason, again),
      },
    );
  }

  #scheduleRetry(reason: string, again: 'at once' | 'after a pause'): void {
    this.stats.joined = false;
    this.#video?.close();
    this.#audio?.close();
    this.#video = undefined;
    this.#audio = undefined;
    if (this.#closed) return;
    const pauseMs = again === 'at once' ? 0 : this.#retryMs;
    this.#options.log('left the room', { reason, pauseMs });
    this.#retry = setTimeout(() => void this.#connect(), pauseMs);
    if (again !== 'at once') this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS);
  }

  #takeTrack(track: IncomingTrack, epoch: number): void {
    const now = monotonicMs();
    if (epoch !== this.#epoch) {
      this.#epoch = epoch;
      this.#clock = new ShowClock(now);
    }
    this.#options.log('takes a programme track', { kind: track.kind, epoch });
    if (track.kind === 'video') {
      this.#video?.close();
      this.#clock.rebaseVideo(now);
      this.#video = new VideoTrack(track, this.#clock, this.stats, (record) => this.#link.send(record));
    } else {
      this.#audio?.close();
      this.#clock.rebaseAudio(now);
      this.#audio = new AudioTrack(track, this.#clock, this.stats, (record) => this.#link.send(record));
    }
  }
}

/** A LiveKit on loopback is reachable from loopback only; WebRTC stacks leave that address out unless told. */
function loopbackAddresses(url: string): string[] {
  const { hostname } = new URL(url);
  return hostname === '127.0.0.1' || hostname === 'localhost' ? ['127.0.0.1'] : [];
}
