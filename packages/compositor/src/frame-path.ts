/**
 * How frames get from tracks into the worker and back into a track. Browsers differ (media.md 4.1): this is the
 * port; Chromium's path is the only one so far.
 */
export interface FramePath {
  /** A transferable stream of the track's frames; cancelling it lets the track go. */
  framesOf(track: MediaStreamTrack): ReadableStream<VideoFrame>;
  /** A track that shows the frames written to its transferable stream. */
  createOutput(): { readonly track: MediaStreamTrack; readonly frames: WritableStream<VideoFrame> };
}

function isVideo(track: MediaStreamTrack): track is MediaStreamVideoTrack {
  return track.kind === 'video';
}

/** Track processor and generator exist on the window only; their streams are transferred to the worker. */
export const chromiumFramePath: FramePath = {
  framesOf(track) {
    if (!isVideo(track)) throw new TypeError('a sound track has no frames');
    return new MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable;
  },
  createOutput() {
    const generator = new MediaStreamTrackGenerator({ kind: 'video' });
    return { track: generator, frames: generator.writable };
  },
};

const NEEDED = [
  'MediaStreamTrackProcessor',
  'MediaStreamTrackGenerator',
  'OffscreenCanvas',
  'VideoFrame',
  'Worker',
  'AudioContext',
  'RTCPeerConnection',
] as const;

/** What this browser lacks to compose a programme; empty when it can. */
export function missingComposerFeatures(): string[] {
  return NEEDED.filter((name) => !(name in globalThis));
}
