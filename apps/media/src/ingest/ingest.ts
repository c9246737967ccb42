import { type BusRecord, type ProgrammeBreach, ShowClock } from '@streamus/media-formats';
import { monotonicMs } from '../monotonic.ts';
import { AudioTrack } from './audio-track.ts';
import { openBusLink } from './bus-link.ts';
import { emptyIngestStats, type IngestStats } from './ingest-stats.ts';
import { ProgrammeVideo, type VideoFormat } from './programme-video.ts';
import { RoomSession } from './room-session.ts';
import { SpareCores } from './spare-cores.ts';
import { VideoTrack } from './video-track.ts';
import type { IncomingTrack } from './webrtc.ts';
import { createWeriftReceiver } from './werift-receiver.ts';

const TICK_MS = 20;
/** What came meanwhile goes to egress together: half of the wake-ups of both processes, for 20 ms of latency on average. */
const TICKS_PER_SEND = 2;
const FIRST_RETRY_MS = 250;
/** A LiveKit that comes back is found at once as people count; one try costs it next to nothing. */
const LAST_RETRY_MS = 1_500;
/** A room that sends us away again and again is not asked more often than this without a pause. */
const AT_ONCE_PAUSE_MS = 1_000;

export interface IngestOptions {
  readonly livekitUrl: string;
  /** Path of the unix socket that egress listens on. */
  readonly busPath: string;
  /** The stream's own; a programme that is different is encoded anew. */
  readonly format: VideoFormat;
  /** Why an earlier process of this stream encoded the programme anew. */
  readonly breach?: ProgrammeBreach | undefined;
  /** A fresh room token for every try. */
  readonly token: () => Promise<string>;
  /** Somebody with this ingest's identity joined the room in its place. */
  readonly displaced: () => void;
  readonly log: (message: string, fields: object) => void;
  /** Another WebRTC stack than werift. */
  readonly createReceiver?: typeof createWeriftReceiver;
}

/** Follows the composer of one room and sends its media to egress until it is closed. */
export class Ingest {
  readonly stats: IngestStats = emptyIngestStats();
  readonly #options: IngestOptions;
  readonly #link;
  readonly #programme: ProgrammeVideo;
  readonly #ticker: NodeJS.Timeout;
  readonly #clock = new ShowClock();
  readonly #spareCores = new SpareCores();
  /** For the next time the link is used. */
  #outgoing: BusRecord[] = [];
  #ticks = 0;
  #epoch = 0;
  #session: RoomSession | undefined;
  #video: VideoTrack | undefined;
  #audio: AudioTrack | undefined;
  #retryMs = FIRST_RETRY_MS;
  #retry: NodeJS.Timeout | undefined;
  #atOnceAt = Number.NEGATIVE_INFINITY;
  /** Given by the room itself; used when no fresh one can be had. */
  #refreshedToken: string | undefined;
  #closed = false;

  constructor(options: IngestOptions) {
    this.#options = options;
    this.#link = openBusLink(options.busPath, () => {
      this.#outgoing = [];
      this.#programme.restart();
      this.#video?.restart();
    });
    this.#programme = new ProgrammeVideo({
      format: options.format,
      breach: options.breach,
      stats: this.stats,
      emit: (record) => this.#outgoing.push(record),
      needKey: () => this.#video?.restart(),
      spareCores: () => this.#spareCores.count(monotonicMs()),
      log: options.log,
    });
    this.#ticker = setInterval(() => this.#tick(monotonicMs()), TICK_MS);
    void this.#connect();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#ticker);
    clearTimeout(this.#retry);
    this.#session?.close('closed by us');
    this.#programme.close();
    this.#link.close();
  }

  #tick(now: number): void {
    this.#video?.tick(now);
    this.#audio?.tick(now);
    this.#programme.tick(now);
    this.#ticks += 1;
    if (this.#ticks % TICKS_PER_SEND !== 0) return;
    this.#link.send(...this.#outgoing);
    this.#outgoing = [];
  }

  async #connect(): Promise<void> {
    const token = await this.#token();
    if (this.#closed || token === undefined) return;
    const { livekitUrl: url, createReceiver = createWeriftReceiver } = this.#options;
    this.#session = new RoomSession(
      {
        url,
        token,
        newestEpoch: this.#epoch,
        createReceiver: (iceServers, events) => createReceiver(iceServers, loopbackAddresses(url), events),
      },
      {
        joined: () => {
          this.#retryMs = FIRST_RETRY_MS;
          this.stats.joined = true;
          this.#options.log('joined the room', {});
        },
        refreshed: (fresh) => {
          this.#refreshedToken = fresh;
        },
        displaced: () => this.#options.displaced(),
        track: (track, epoch) => this.#takeTrack(track, epoch),
        closed: (reason, again) => this.#scheduleRetry(reason, again),
      },
    );
  }

  async #token(): Promise<string | undefined> {
    try {
      return await this.#options.token();
    } catch (error) {
      const kept = this.#refreshedToken;
      // It is good for one try: whether it is still valid is not known.
      this.#refreshedToken = undefined;
      if (kept === undefined) this.#scheduleRetry(`no token: ${String(error)}`, 'after a pause');
      return kept;
    }
  }

  #scheduleRetry(reason: string, again: 'at once' | 'after a pause'): void {
    this.stats.joined = false;
    this.#video?.close();
    this.#audio?.close();
    this.#video = undefined;
    this.#audio = undefined;
    if (this.#closed) return;
    const now = monotonicMs();
    const atOnce = again === 'at once' && now - this.#atOnceAt >= AT_ONCE_PAUSE_MS;
    const pauseMs = atOnce ? 0 : this.#retryMs;
    this.#options.log('left the room', { reason, pauseMs });
    this.#retry = setTimeout(() => void this.#connect(), pauseMs);
    if (atOnce) this.#atOnceAt = now;
    else this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS);
  }

  #takeTrack(track: IncomingTrack, epoch: number): void {
    const now = monotonicMs();
    if (epoch !== this.#epoch) {
      this.#epoch = epoch;
      // Reports of two composers must not be compared.
      this.#clock.rebaseVideo(now);
      this.#clock.rebaseAudio(now);
    }
    this.#options.log('takes a programme track', { kind: track.kind, epoch });
    if (track.kind === 'video') {
      this.#video?.close();
      this.#clock.rebaseVideo(now);
      this.#programme.sourceChanged();
      this.#video = new VideoTrack(track, this.#clock, this.stats, this.#programme);
    } else {
      this.#audio?.close();
      this.#clock.rebaseAudio(now);
      this.#audio = new AudioTrack(track, this.#clock, this.stats, (record) => this.#outgoing.push(record));
    }
  }
}

/** A LiveKit on loopback is reachable from loopback only; WebRTC stacks leave that address out unless told. */
function loopbackAddresses(url: string): string[] {
  const { hostname } = new URL(url);
  return hostname === '127.0.0.1' || hostname === 'localhost' ? ['127.0.0.1'] : [];
}
