import {
  assetIdSchema,
  type Composition,
  newStudioDocument,
  type Overlay,
  overlaySchema,
  personIdSchema,
  type SourceId,
  sourceId,
  WHOLE,
} from '@streamus/studio';
import type { DrawItem, LoadedImage } from '../src/draw-item.ts';
import { createNewestFrames } from '../src/newest-frames.ts';
import { createPainter } from '../src/painter.ts';
import { context2d } from '../src/sprites/canvas.ts';
import { createMakerBeside, type SpriteAnswer } from '../src/sprites/maker-beside.ts';
import { createMakerHere, type SpriteMaker } from '../src/sprites/sprite-maker.ts';
import { startSpriteWorker } from '../src/sprites/start-sprite-worker.ts';
import type { Lettering } from '../src/sprites/text.ts';
import { createI420Surface } from '../src/surfaces/i420/i420-surface.ts';

/** For each change, the slowest tick in milliseconds, the picture handed out included. */
interface TickTimes {
  /** From the one at which overlays change on. */
  readonly changing: readonly number[];
  /** Of as many while they stand. */
  readonly still: readonly number[];
}

/** A banner and a lower third, or a photograph over the whole picture. */
export type Changing = 'texts' | 'images';

declare global {
  interface Window {
    /** Paints 1080p on its deadlines while overlays change `changes` times; each change is waited for. */
    tickTimes(where: 'here' | 'beside', what: Changing, changes: number): Promise<TickTimes>;
  }
}

const TICKS_STILL = 5;
const TICKS_CHANGING = 5;
const TICK_MS = 1000 / 30;

const person = personIdSchema.parse('00000000-0000-4000-8000-000000000001');
const camera: SourceId = sourceId('camera', person);
const lettering: Lettering = { stack: () => 'sans-serif', want: () => null };

const PHOTOS = [1, 2].map((n) => assetIdSchema.parse(`40000000-0000-4000-8000-00000000000${n}`));
const PHOTO = { width: 3840, height: 2160 };
const photoNo = (change: number) => PHOTOS[change % PHOTOS.length];

async function newPhoto(hue: number): Promise<LoadedImage> {
  const canvas = new OffscreenCanvas(PHOTO.width, PHOTO.height);
  const context = context2d(canvas);
  const gradient = context.createLinearGradient(0, 0, PHOTO.width, PHOTO.height);
  gradient.addColorStop(0, `hsl(${hue} 60% 20%)`);
  gradient.addColorStop(1, `hsl(${hue} 60% 80%)`);
  context.fillStyle = gradient;
  context.fillRect(0, 0, PHOTO.width, PHOTO.height);
  return { file: await canvas.convertToBlob({ type: 'image/jpeg' }), ...PHOTO };
}

function overlaysNo(change: number, what: Changing): Overlay[] {
  const id = (n: number) => `00000000-0000-4000-8000-00000000010${n}`;
  if (what === 'images') {
    const box = { x: 0, y: 0, width: WHOLE, height: WHOLE };
    return [
      overlaySchema.parse({
        ...{ id: id(3), kind: 'image', name: 'Photo', asset: photoNo(change), box, opacity: 100 },
      }),
    ];
  }
  const words = `Change number ${change}: `;
  return [
    overlaySchema.parse({
      ...{ id: id(1), kind: 'banner', style: 'solid' },
      text: words + 'a banner as long as banners go, and on two lines. '.repeat(2),
    }),
    overlaySchema.parse({
      ...{ id: id(2), kind: 'lower-third', animation: 'none', subtitle: words },
      title: `${words}and a name`,
    }),
  ];
}

function compositionNo(change: number, what: Changing): Composition {
  const { programme, onAir } = newStudioDocument();
  return {
    programme,
    people: { [person]: { id: person, name: 'Ada', role: 'host' } },
    air: { ...onAir, stage: [camera], overlays: overlaysNo(change, what) },
  };
}

function cameraFrame(turn: number): VideoFrame {
  const [codedWidth, codedHeight] = [1920, 1080];
  const bytes = new Uint8Array((codedWidth * codedHeight * 3) / 2).fill(60 + (turn % 100));
  return new VideoFrame(bytes, { format: 'I420', codedWidth, codedHeight, timestamp: turn });
}

function shows(item: DrawItem, change: number): boolean {
  if (item.kind !== 'sprite') return false;
  const { sprite } = item;
  if (sprite.kind === 'image') return sprite.asset === photoNo(change);
  return sprite.kind === 'banner' && sprite.text.includes(`number ${change}:`);
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

window.tickTimes = async (where, what, changes) => {
  const { maker, close } = startMaker(where);
  const frames = createNewestFrames<VideoFrame>();
  let drawn: readonly DrawItem[] = [];
  const painter = createPainter({
    composition: compositionNo(0, what),
    frames,
    sprites: maker,
    async createSurface(size) {
      const surface = await createI420Surface(size);
      return {
        ...surface,
        paint(items, pixels) {
          drawn = items;
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
  for (const [n, asset] of PHOTOS.entries()) painter.setImage(asset, await newPhoto(120 * n));
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

  const isOnAir = (change: number): boolean => drawn.some((item) => shows(item, change));
  // The first change is for whatever is slow once.
  for (let change = 0; change <= changes; change += 1) {
    painter.setComposition(compositionNo(change, what), PHOTOS);
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
