import type { SourceId } from '@streamus/studio';
import type { ToWorker } from '../protocol.ts';
import { openElements } from './elements.ts';
import { openStreams } from './streams.ts';
import { openTracks } from './tracks.ts';

/**
 * How frames get from tracks into the worker and back into a track; browsers differ (media.md 4.1). streams: the window
 * makes streams of frames and gives them to the worker (Chromium). tracks: the worker gets the tracks themselves (Safari).
 * elements: video elements and a canvas on the page, driven by the worker's clock (Firefox).
 */
export type FramePathKind = 'streams' | 'tracks' | 'elements';

/** What the worker writes its pictures to. */
export type OutputEnd =
  | { readonly kind: 'stream'; readonly frames: WritableStream<VideoFrame> }
  /** It makes the track by itself and sends it. */
  | { readonly kind: 'own-track' }
  /** It sends every picture to the page and waits until it is drawn. */
  | { readonly kind: 'page' };

/** What the worker reads a source's pictures from. */
export type InputEnd =
  | { readonly kind: 'stream'; readonly frames: ReadableStream<VideoFrame> }
  | { readonly kind: 'track'; readonly track: MediaStreamTrack };

export type SendToWorker = (message: ToWorker, transfer?: Transferable[]) => void;

export interface PathOutput {
  readonly end: OutputEnd;
  /** What of `end` goes over to the worker. */
  readonly transfer: readonly Transferable[];
  /** Shows what the worker paints. */
  readonly track: Promise<MediaStreamTrack>;
}

/** The page's end of a frame path. */
export interface FramePath {
  /** Once at most. */
  createOutput(): PathOutput;
  /** Gives the worker the track's frames, in place of those the source had. The track stays the caller's. */
  attach(source: SourceId, track: MediaStreamTrack): void;
  detach(source: SourceId): void;
  /** A picture is about to be asked for: the worker gets what is seen now, unless it has it already. */
  refresh(): void;
  /** The worker has made the track. */
  takeTrack(track: MediaStreamTrack): void;
  /** The worker has painted; takes over `frame`. */
  takePainted(frame: VideoFrame): void;
  close(): void;
}

const PATHS: Readonly<Record<FramePathKind, (send: SendToWorker) => FramePath>> = {
  streams: openStreams,
  tracks: openTracks,
  elements: openElements,
};

/** The path this browser has; throws where `missingComposerFeatures` names something. */
export function openFramePath(send: SendToWorker): FramePath {
  const kind = framePathKind();
  if (kind === null) throw new Error('this browser has no way to paint on a track');
  return PATHS[kind](send);
}

function framePathKind(): FramePathKind | null {
  if ('MediaStreamTrackProcessor' in globalThis && 'MediaStreamTrackGenerator' in globalThis)
    return 'streams';
  if (!('captureStream' in HTMLCanvasElement.prototype)) return null;
  return canTransferTracks() ? 'tracks' : 'elements';
}

/** Whoever lets tracks go to a worker has the processor and the generator there (media.md 4.1). */
function canTransferTracks(): boolean {
  const [track] = document.createElement('canvas').captureStream(0).getVideoTracks();
  const { port1, port2 } = new MessageChannel();
  try {
    // Not among the DOM types' transferables yet.
    port1.postMessage(track, [track as unknown as Transferable]);
    return true;
  } catch {
    return false;
  } finally {
    track?.stop();
    port1.close();
    port2.close();
  }
}

const NEEDED = ['OffscreenCanvas', 'VideoFrame', 'Worker', 'AudioContext', 'RTCPeerConnection'] as const;

/** What this browser lacks to compose a programme; empty when it can. */
export function missingComposerFeatures(): string[] {
  const missing: string[] = NEEDED.filter((name) => !(name in globalThis));
  if (missing.length === 0 && framePathKind() === null) missing.push('HTMLCanvasElement.captureStream');
  return missing;
}
