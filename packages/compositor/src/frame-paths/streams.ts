import type { FramePath, SendToWorker } from './frame-path.ts';

function isVideo(track: MediaStreamTrack): track is MediaStreamVideoTrack {
  return track.kind === 'video';
}

/** Chromium: processor and generator exist on the window only; their streams are transferred to the worker. */
export function openStreams(send: SendToWorker): FramePath {
  let shown: MediaStreamTrack | null = null;
  return {
    createOutput() {
      const generator = new MediaStreamTrackGenerator({ kind: 'video' });
      const frames = generator.writable;
      shown = generator;
      return { end: { kind: 'stream', frames }, transfer: [frames], track: Promise.resolve(generator) };
    },
    attach(source, track) {
      if (!isVideo(track)) throw new TypeError('a sound track has no frames');
      const { readable } = new MediaStreamTrackProcessor({ track, maxBufferSize: 1 });
      send({ type: 'attach', source, input: { kind: 'stream', frames: readable } }, [readable]);
    },
    detach: (source) => send({ type: 'detach', source }),
    refresh: () => undefined,
    takeTrack: (track) => track.stop(),
    takePainted: (frame) => frame.close(),
    close: () => shown?.stop(),
  };
}
