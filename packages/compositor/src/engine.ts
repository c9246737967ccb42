import type { SourceId } from '@streamus/studio';
import type { InputEnd } from './frame-paths/frame-path.ts';
import { framesOf, type Output, openOutput } from './frame-paths/worker-ends.ts';
import { stampFrame, startStamps } from './frame-stamps.ts';
import { createFrozenCameras } from './frozen-cameras.ts';
import { createMeter } from './meter.ts';
import { createNewestFrames } from './newest-frames.ts';
import { type PacerState, startPacer, takeFrame, waitMs } from './pacer.ts';
import { createPainter, type Painter } from './painter.ts';
import type { CompositorFailure, FromWorker, ToWorker } from './protocol.ts';
import { createLettering } from './sprites/lettering.ts';
import { createMakerBeside, type MakerBeside, type SpriteAnswer } from './sprites/maker-beside.ts';
import { createMakerHere, type SpriteMaker } from './sprites/sprite-maker.ts';
import { createCanvasSurface } from './surfaces/canvas-surface.ts';
import { createI420Surface } from './surfaces/i420/i420-surface.ts';
import {
  type CreateOther,
  createSurfaceChooser,
  type OtherKind,
  type SurfaceChooser,
} from './surfaces/surface-chooser.ts';
import { createThumbnails } from './surfaces/thumbnails.ts';
import { createWebglSurface } from './surfaces/webgl/webgl-surface.ts';

/** What runs in the worker: takes messages, reads sources, paints on the clock, writes the output. */
export interface Engine {
  handle(message: ToWorker): void;
}

interface Reading {
  readonly reader: ReadableStreamDefaultReader<VideoFrame>;
  readonly input: InputEnd;
}

/** Transitions and tickers must not jump when the machine's clock is set: it is read once. */
const wallClockMs = (): number => performance.timeOrigin + performance.now();

export function createEngine(
  send: (message: FromWorker, transfer?: readonly Transferable[]) => void,
): Engine {
  const frames = createNewestFrames<VideoFrame>();
  const readers = new Map<SourceId, Reading>();
  let output: Output | null = null;
  let painter: Painter | null = null;
  let loop: Loop | null = null;
  let chooser: SurfaceChooser | null = null;
  let beside: MakerBeside | null = null;
  const cameras = createFrozenCameras();

  /** Of those that have a track: others are shown without a picture anyway. */
  const frozen = (): SourceId[] => cameras.list(performance.now()).filter((source) => readers.has(source));

  function detach(source: SourceId): void {
    const reading = readers.get(source);
    readers.delete(source);
    frames.drop(source);
    if (reading === undefined) return;
    // Cancelling a stream whose track has ended rejects; the stream is gone either way.
    reading.reader.cancel().catch(() => undefined);
    if (reading.input.kind === 'track') reading.input.track.stop();
  }

  function take(source: SourceId, frame: VideoFrame): void {
    cameras.noteArrival(source, performance.now());
    painter?.noteShape(source, frame.displayWidth, frame.displayHeight);
    frames.put(source, frame);
  }

  async function pump(source: SourceId, { reader }: Reading): Promise<void> {
    const isCurrent = (): boolean => readers.get(source)?.reader === reader;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        if (!isCurrent()) {
          value.close();
          return;
        }
        take(source, value);
      }
    } catch (error) {
      send(failed('passing', `frames of ${source}`, error));
    }
    if (isCurrent()) detach(source);
  }

  async function stop(): Promise<void> {
    const [stopping, painted] = [loop, painter];
    loop = null;
    painter = null;
    for (const source of [...readers.keys()]) detach(source);
    await stopping?.stop();
    frames.close();
    painted?.close();
    send({ type: 'stopped' });
  }

  async function sendPicture({ request, composition, width }: Extract<ToWorker, { type: 'picture' }>) {
    try {
      const picture = await painter?.picture(composition, width, wallClockMs());
      if (picture !== undefined) send({ type: 'picture', request, picture }, [picture]);
    } catch (error) {
      send({ type: 'picture', request, picture: null });
      send(failed('passing', 'picture', error));
    }
  }

  return {
    handle(message) {
      switch (message.type) {
        case 'start': {
          chooser = createSurfaceChooser({
            canvas: createCanvasSurface,
            others: new Map<OtherKind, CreateOther>([
              ['i420', createI420Surface],
              // A card that the processor emulates is slower than the processor itself (media.md 4.4): only by hand.
              ['webgl2', async (size, byHand) => createWebglSurface(size, byHand)],
            ]),
            wanted: message.surface,
            onFacts: (facts) => send({ type: 'surface', facts }),
            nowMs: () => performance.now(),
          });
          const here = () => createMakerHere(createLettering(message.origin));
          if (message.sprites !== null) beside = makeBeside(message.sprites, here);
          painter = createPainter({
            composition: message.composition,
            frames,
            sprites: beside ?? here(),
            createSurface: chooser.create,
            createThumbnails,
            onBoxes(boxes, programme) {
              cameras.show(
                boxes.map(({ source }) => source),
                performance.now(),
              );
              send({ type: 'boxes', boxes, programme });
            },
            onFailure: (reason) => send(failed('passing', 'overlay', reason)),
          });
          if (message.output !== null) {
            output = openOutput(message.output, send);
            loop = runLoop(painter, output.writer, frozen, send);
          }
          return;
        }
        case 'composition':
          painter?.setComposition(message.composition, message.ready);
          return;
        case 'sources':
          painter?.setSources(message.sources);
          return;
        case 'attach': {
          const { source, input } = message;
          detach(source);
          const reading = { reader: framesOf(input).getReader(), input };
          readers.set(source, reading);
          cameras.noteArrival(source, performance.now());
          void pump(source, reading);
          return;
        }
        case 'frame':
          if (painter === null) message.frame.close();
          else take(message.source, message.frame);
          return;
        case 'drawn':
          output?.drawn();
          return;
        case 'detach':
          detach(message.source);
          return;
        case 'image':
          painter?.setImage(message.asset, message.image);
          return;
        case 'speaker':
          painter?.setSpeaker(message.speaker);
          return;
        case 'clock':
          painter?.setClock(message.aheadMs);
          return;
        case 'surface':
          chooser?.setWanted(message.wanted);
          return;
        case 'rate':
          loop?.setRate(message.fps);
          return;
        case 'sprites-lost':
          beside?.lose();
          return;
        case 'picture':
          void sendPicture(message);
          return;
        case 'stop':
          void stop();
      }
    },
  };
}

function makeBeside(port: MessagePort, here: () => SpriteMaker): MakerBeside {
  const maker = createMakerBeside((request) => port.postMessage(request), here);
  port.onmessage = ({ data }: MessageEvent<SpriteAnswer>) => maker.answered(data);
  return maker;
}

function failed(kind: CompositorFailure['kind'], part: string, error: unknown): FromWorker {
  return { type: 'failed', failure: { kind, message: `${part}: ${String(error)}` } };
}

/** Frames waiting in the output at most; more would only add delay. */
const OUTPUT_QUEUE = 2;

/** Paints in a row that may fail: two seconds of a programme that does not move are enough. */
const MOST_FAILURES = 60;

/** Presents frames on their deadlines until it is stopped. */
interface Loop {
  /** At most so many frames per second; the programme's own rate is never exceeded. */
  setRate(fps: number): void;
  /** Done when nothing is being painted any more. */
  stop(): Promise<void>;
}

function runLoop(
  painter: Painter,
  writer: WritableStreamDefaultWriter<VideoFrame>,
  frozen: () => readonly SourceId[],
  send: (message: FromWorker) => void,
): Loop {
  const originMs = performance.now();
  let mostFps = Number.POSITIVE_INFINITY;
  let pacer: PacerState = startPacer(painter.programme.fps, originMs);
  let stamps = startStamps();
  let lateBefore = 0;
  let stopped = false;
  let waiting = 0;
  let failures = 0;
  const meter = createMeter(originMs);

  async function present(dueMs: number): Promise<void> {
    const began = performance.now();
    const fresh = await painter.paint(wallClockMs());
    if (stopped) return;
    const stamped = stampFrame(stamps, dueMs, performance.now());
    stamps = stamped.state;
    const timestampUs = Math.round((stamped.stampMs - originMs) * 1000);
    const frame = await painter.snapshot(timestampUs, Math.round(1_000_000 / pacer.fps));
    meter.painted(performance.now() - began, fresh);
    if (waiting >= OUTPUT_QUEUE) {
      frame.close();
      meter.dropped();
      return;
    }
    waiting += 1;
    writer.write(frame).then(
      () => {
        waiting -= 1;
      },
      (error: unknown) => {
        frame.close();
        if (stopped) return;
        void stop();
        send(failed('ended', 'output', error));
      },
    );
  }

  /** Presents what is due. */
  async function turn(): Promise<void> {
    const now = performance.now();
    const fps = Math.min(painter.programme.fps, mostFps);
    if (fps !== pacer.fps) {
      lateBefore += pacer.lateFrames;
      pacer = startPacer(fps, now);
    }
    const taken = takeFrame(pacer, now);
    if (taken === null) return;
    pacer = taken.state;
    try {
      await present(taken.dueMs);
      failures = 0;
    } catch (error) {
      failures += 1;
      if (stopped || failures < MOST_FAILURES) send(failed('passing', 'paint', error));
      else {
        void stop();
        send(failed('ended', 'paint', error));
      }
    }
    const stats = meter.read(now, lateBefore + pacer.lateFrames);
    if (stats !== null) send({ type: 'stats', stats: { ...stats, frozen: frozen() } });
  }

  /** One turn after the other: a picture that takes longer than a frame makes those after it late, never double. */
  async function run(): Promise<void> {
    while (!stopped) {
      await turn();
      // A whole task each time, also when the next frame is due: messages and frames come between them.
      await new Promise<void>((wake) => setTimeout(wake, waitMs(pacer, performance.now())));
    }
  }

  function stop(): Promise<void> {
    if (!stopped) {
      stopped = true;
      // Closing an output whose track was stopped rejects; there is nothing left to release then.
      writer.close().catch(() => undefined);
    }
    return running;
  }

  const running = run();
  return {
    setRate(fps) {
      mostFps = fps;
    },
    stop,
  };
}
