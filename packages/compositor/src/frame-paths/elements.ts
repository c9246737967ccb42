import type { SourceId } from '@streamus/studio';
import type { FramePath, SendToWorker } from './frame-path.ts';
import { createLikeness, type Likeness } from './likeness.ts';

interface Watched {
  readonly element: HTMLVideoElement;
  readonly likeness: Likeness;
}

/**
 * Firefox: no processor, no generator. Every picture the worker sends is drawn on a canvas whose track is the
 * programme, and answered with the frames that the sources' video elements show at that moment: so the worker's clock,
 * which runs on in a hidden tab, drives them too.
 */
export function openElements(send: SendToWorker): FramePath {
  let shown: Screen | null = null;
  const screen = (): Screen => {
    shown ??= newScreen();
    return shown;
  };
  const watched = new Map<SourceId, Watched>();

  function detach(source: SourceId): void {
    const known = watched.get(source);
    if (known === undefined) return;
    watched.delete(source);
    known.element.srcObject = null;
    send({ type: 'detach', source });
  }

  function sendFrames(): void {
    for (const [source, { element, likeness }] of watched) {
      if (element.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || element.videoWidth === 0) continue;
      // Elements do not say when a frame was taken (Firefox 153 says 0 for all).
      const frame = new VideoFrame(element, { timestamp: likeness.stamp(element, performance.now()) });
      send({ type: 'frame', source, frame }, [frame]);
    }
  }

  return {
    createOutput: () => ({ end: { kind: 'page' }, transfer: [], track: Promise.resolve(screen().track) }),
    attach(source, sourceTrack) {
      detach(source);
      const element = document.createElement('video');
      element.muted = true;
      element.playsInline = true;
      element.srcObject = new MediaStream([sourceTrack]);
      // A track that has ended does not play; it has nothing to show either.
      element.play().catch(() => undefined);
      watched.set(source, { element, likeness: createLikeness() });
    },
    detach,
    refresh: sendFrames,
    takeTrack: (own) => own.stop(),
    takePainted(frame) {
      show(screen(), frame);
      sendFrames();
      send({ type: 'drawn' });
    },
    close() {
      for (const source of [...watched.keys()]) detach(source);
      shown?.track.stop();
    },
  };
}

interface Screen {
  readonly context: CanvasRenderingContext2D;
  readonly stream: MediaStream;
  readonly track: MediaStreamTrack;
}

function newScreen(): Screen {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('this browser gives no 2D canvas');
  const stream = canvas.captureStream(0);
  const [track] = stream.getVideoTracks();
  if (track === undefined) throw new Error('this browser captures no canvas');
  return { context, stream, track };
}

/** Takes over `frame`. */
function show({ context, stream, track }: Screen, frame: VideoFrame): void {
  const { canvas } = context;
  const { displayWidth: width, displayHeight: height } = frame;
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  context.drawImage(frame, 0, 0);
  frame.close();
  requestFrame(track, stream);
}

/** In the standard the track is asked, in Firefox the stream. */
function requestFrame(track: MediaStreamTrack, stream: MediaStream): void {
  for (const one of [track, stream]) {
    const ask: unknown = Reflect.get(one, 'requestFrame');
    if (typeof ask !== 'function') continue;
    Reflect.apply(ask, one, []);
    return;
  }
}
