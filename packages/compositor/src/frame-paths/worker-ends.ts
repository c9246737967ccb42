import type { FromWorker } from '../protocol.ts';
import type { InputEnd, OutputEnd } from './frame-path.ts';

/** What Safari has in workers; the DOM's types do not know it there. */
interface TrackProcessor {
  readonly readable: ReadableStream<VideoFrame>;
}
interface TrackGenerator {
  readonly track: MediaStreamTrack;
  readonly writable: WritableStream<VideoFrame>;
}
declare const self: {
  readonly MediaStreamTrackProcessor?: new (init: { track: MediaStreamTrack }) => TrackProcessor;
  readonly VideoTrackGenerator?: new () => TrackGenerator;
};

type Send = (message: FromWorker, transfer?: readonly Transferable[]) => void;

/** The worker's end of the output. */
export interface Output {
  readonly writer: WritableStreamDefaultWriter<VideoFrame>;
  /** The page has drawn the last picture. */
  drawn(): void;
}

export function openOutput(end: OutputEnd, send: Send): Output {
  switch (end.kind) {
    case 'stream':
      return { writer: end.frames.getWriter(), drawn: () => undefined };
    case 'own-track': {
      if (self.VideoTrackGenerator === undefined) throw new Error('this browser makes no tracks in workers');
      const { track, writable } = new self.VideoTrackGenerator();
      // Not among the DOM types' transferables yet.
      send({ type: 'track', track }, [track as unknown as Transferable]);
      return { writer: writable.getWriter(), drawn: () => undefined };
    }
    case 'page':
      return pageOutput(send);
  }
}

function pageOutput(send: Send): Output {
  let drawing: PromiseWithResolvers<void> | null = null;
  const frames = new WritableStream<VideoFrame>({
    write(frame) {
      drawing = Promise.withResolvers();
      send({ type: 'painted', frame }, [frame]);
      return drawing.promise;
    },
  });
  return { writer: frames.getWriter(), drawn: () => drawing?.resolve() };
}

export function framesOf(input: InputEnd): ReadableStream<VideoFrame> {
  if (input.kind === 'stream') return input.frames;
  if (self.MediaStreamTrackProcessor === undefined)
    throw new Error('this browser reads no tracks in workers');
  return new self.MediaStreamTrackProcessor({ track: input.track }).readable;
}
