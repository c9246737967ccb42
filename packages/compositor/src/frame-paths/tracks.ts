import type { FramePath, SendToWorker } from './frame-path.ts';

/** Safari: processor and generator exist in workers only; tracks are transferred, both ways. */
export function openTracks(send: SendToWorker): FramePath {
  const made = Promise.withResolvers<MediaStreamTrack>();
  return {
    createOutput: () => ({ end: { kind: 'own-track' }, transfer: [], track: made.promise }),
    attach(source, track) {
      // What is transferred is gone here, and the room and the page still show it.
      const own = track.clone();
      // Not among the DOM types' transferables yet.
      send({ type: 'attach', source, input: { kind: 'track', track: own } }, [
        own as unknown as Transferable,
      ]);
    },
    detach: (source) => send({ type: 'detach', source }),
    refresh: () => undefined,
    takeTrack: made.resolve,
    takePainted: (frame) => frame.close(),
    close: () => void made.promise.then((track) => track.stop()),
  };
}
