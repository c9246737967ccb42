import {
  type Composition,
  newStudioDocument,
  overlaySchema,
  personIdSchema,
  type SourceId,
  sourceId,
} from '@streamus/studio';
import { createNewestFrames } from '../src/newest-frames.ts';
import { createPainter } from '../src/painter.ts';
import { createMakerBeside, type SpriteAnswer } from '../src/sprites/maker-beside.ts';
import { createMakerHere, type SpriteMaker } from '../src/sprites/sprite-maker.ts';
import { startSpriteWorker } from '../src/sprites/start-sprite-worker.ts';
import type { Lettering } from '../src/sprites/text.ts';
import { createI420Surface } from '../src/surfaces/i420/i420-surface.ts';

/** For each change, the slowest tick in milliseconds, the picture handed out included. */
interface TickTimes {
  /** From the one at which texts change on. */
  readonly changing: readonly number[];
  /** Of as many while they stand. */
  readonly still: readonly number[];
}

declare global {
  interface Window {
    /** Paints 1080p on its deadlines while a banner and a lower third change `changes` times; each change is waited for. */
    tickTimes(where: 'here' | 'beside', changes: number): Promise<TickTimes>;
  }
}

const TICKS_STILL = 5;
const TICKS_CHANGING = 5;
const TICK_MS = 1000 / 30;

const person = personIdSchema.parse('00000000-0000-4000-8000-000000000001');
const camera: SourceId = sourceId('camera', person);
const lettering: Lettering = { stack: () => 'sans-serif', want: () => null };

function compositionNo(change: number): Composition {
  const { programme, onAir } = newStudioDocument();
  const id = (n: number) => `00000000-0000-4000-8000-00000000010${n}`;
  const words = `Change number ${change}: `;
  const overlays = [
    overlaySchema.parse({
      ...{ id: id(1), kind: 'banner', style: 'solid' },
      text: words + 'a banner as long as banners go, and on two lines. '.repeat(2),
    }),
    overlaySchema.parse({
      ...{ id: id(2), kind: 'lower-third', animation: 'none', subtitle: words },
      title: `${words}and a name`,
    }),
  ];
  return {
    programme,
    people: { [person]: { id: person, name: 'Ada', role: 'host' } },
    air: { ...onAir, stage: [camera], overlays },
  };
}

function cameraFrame(turn: number): VideoFrame {
  const [codedWidth, codedHeight] = [1920, 1080];
  const bytes = new Uint8Array((codedWidth * codedHeight * 3) / 2).fill(60 + (turn % 100));
  return new VideoFrame(bytes, { format: 'I420', codedWidth, codedHeight, timestamp: turn });
}

function startMaker(where: 'here' | 'beside'): { readonly maker: SpriteMaker; close(): void } {
  if (where === 'here') return { maker: createMakerHere(lettering), close: () => undefined };
  const { port, close } = startSpriteWorker(() => undefined);
  const maker = createMakerBeside(
    (request) => port.postMessage(request),
    () => createMakerHere(lettering),
  );
  port.onmessage = ({ data }: MessageEvent<SpriteAnswer>) => maker.answered(data);
  return { maker, close };
}

window.tickTimes = async (where, changes) => {
  const { maker, close } = startMaker(where);
  const frames = createNewestFrames<VideoFrame>();
  let drawn: string[] = [];
  const painter = createPainter({
    composition: compositionNo(0),
    frames,
    sprites: maker,
    async createSurface(size) {
      const surface = await createI420Surface(size);
      return {
        ...surface,
        paint(items, pixels) {
          drawn = items.flatMap((item) =>
            item.kind === 'sprite' && item.sprite.kind === 'banner' ? item.sprite.text : [],
          );
          return surface.paint(items, pixels);
        },
      };
    },
    createThumbnails: () => Promise.reject(new Error('no pictures here')),
    onBoxes: () => undefined,
    onFailure(reason) {
      throw new Error(reason);
    },
  });
  painter.setSources([{ source: camera, hasVideo: true }]);
  const times: { changing: number[]; still: number[] } = { changing: [], still: [] };
  let turn = 0;
  let dueMs = performance.now();

  async function tick(): Promise<number> {
    dueMs = Math.max(dueMs + TICK_MS, performance.now());
    await new Promise((wake) => setTimeout(wake, dueMs - performance.now()));
    turn += 1;
    frames.put(camera, cameraFrame(turn));
    const began = performance.now();
    await painter.paint(began);
    (await painter.snapshot(turn, 1)).close();
    return performance.now() - began;
  }

  const isOnAir = (change: number): boolean => drawn.some((text) => text.includes(`number ${change}:`));
  // The first change is for whatever is slow once.
  for (let change = 0; change <= changes; change += 1) {
    painter.setComposition(compositionNo(change), []);
    const changing: number[] = [];
    while (changing.length < TICKS_CHANGING || !isOnAir(change)) changing.push(await tick());
    const still: number[] = [];
    while (still.length < TICKS_STILL) still.push(await tick());
    if (change === 0) continue;
    times.changing.push(Math.max(...changing));
    times.still.push(Math.max(...still));
  }
  painter.close();
  frames.close();
  close();
  return times;
};
