import type { AssetId } from '@streamus/studio';
import type { DrawItem, LoadedImage, Size } from '../src/draw-item.ts';
import { drawList } from '../src/draw-list.ts';
import { followShown } from '../src/overlays/overlay-items.ts';
import { completeItems } from '../src/sprites/ready-items.ts';
import { createMakerHere } from '../src/sprites/sprite-maker.ts';
import { createSpriteStore } from '../src/sprites/sprite-store.ts';
import { createCanvasSurface, createPlainCanvasSurface } from '../src/surfaces/canvas-surface.ts';
import { createI420Surface } from '../src/surfaces/i420/i420-surface.ts';
import type { CreateSurface, Pixels } from '../src/surfaces/surface.ts';
import { createWebglSurface } from '../src/surfaces/webgl/webgl-surface.ts';
import { transitionItems } from '../src/transition-items.ts';
import { decoded, frameOf, spoilt } from './frames.ts';
import type { FrameMistake, GoldenKind, Painted, PaintOptions } from './kinds.ts';
import { servedLettering } from './lettering.ts';
import { mistaken, partsOf } from './parts.ts';
import { BACKGROUND, boxesOf, LOGO, type Scene } from './scene.ts';
import { scenes } from './scenes.ts';

const creators: Readonly<Record<GoldenKind, CreateSurface>> = {
  canvas: createCanvasSurface,
  i420: createI420Surface,
  webgl2: async (size) => createWebglSurface(size, true),
};

const COLOURS = [
  '#2f6fb2',
  '#b2472f',
  '#3c8f4a',
  '#8a4fb0',
  '#b08d2f',
  '#2f9a9a',
  '#a03c6e',
  '#5b6b2f',
  '#4a4fb8',
  '#7d5a44',
];

/** A picture whose cropping and orientation can be read: border, diagonal cross, circle in the middle. */
function testPicture(colour: string, { width, height }: { width: number; height: number }): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no 2D canvas');
  context.fillStyle = colour;
  context.fillRect(0, 0, width, height);
  context.strokeStyle = 'rgb(255 255 255 / 0.85)';
  context.lineWidth = 8;
  context.strokeRect(4, 4, width - 8, height - 8);
  context.lineWidth = 3;
  context.beginPath();
  context.moveTo(0, 0);
  context.lineTo(width, height);
  context.moveTo(width, 0);
  context.lineTo(width / 2, height / 2);
  context.stroke();
  context.beginPath();
  context.arc(width / 2, height / 2, Math.min(width, height) / 4, 0, 2 * Math.PI);
  context.fillStyle = 'rgb(255 255 255 / 0.35)';
  context.fill();
  return canvas;
}

async function brandImage(colours: [string, string], width: number, height: number): Promise<LoadedImage> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no 2D canvas');
  const gradient = context.createLinearGradient(0, 0, width, height);
  gradient.addColorStop(0, colours[0]);
  gradient.addColorStop(1, colours[1]);
  context.fillStyle = gradient;
  context.fillRect(0, 0, width, height);
  return { file: await canvas.convertToBlob({ type: 'image/png' }), width, height };
}

function itemsOf(scene: Scene, assets: ReadonlyMap<AssetId, Size>): readonly DrawItem[] {
  const { composition, nowMs, before } = scene;
  const shown = [...followShown(new Map(), composition.air.overlays, 0).values()];
  const { items } = drawList({ composition, boxes: boxesOf(scene), assets, shown, nowMs, clockAheadMs: 0 });
  if (before === null) return items;
  const { transition } = composition.air;
  return transitionItems(itemsOf(before, assets), items, transition, 0.5, composition.programme);
}

async function paint(
  scene: Scene,
  kind: GoldenKind,
  { frameMistake, partMistake, oneFont = false, exact = false }: PaintOptions,
): Promise<Painted> {
  const images = new Map([
    [LOGO, await brandImage(['#ffffff', '#ffd08a'], 240, 80)],
    [BACKGROUND, await brandImage(['#20305a', '#5a2050'], 500, 500)],
  ]);
  const frames = new Map(
    [...scene.pictures].flatMap(([source, size], index) => {
      if (size === null) return [];
      const picture = testPicture(COLOURS[index % COLOURS.length] ?? '#444444', size);
      return [[source, frameOf(picture, scene.frames, exact)] as const];
    }),
  );
  const size = scene.composition.programme;
  // Golden pictures are made of the canvas itself, before its colours become planes.
  const surface = exact ? createPlainCanvasSurface(size) : await creators[kind](size);
  const right = itemsOf(scene, images);
  const items = partMistake === undefined ? right : mistaken(right, partMistake);
  const lettering = servedLettering(oneFont);
  const newPixels = async (): Promise<Pixels> => {
    const maker = createMakerHere(lettering);
    for (const [asset, { file }] of images) maker.setImage(asset, file);
    const sprites = createSpriteStore(maker, failOn).newSet(() => undefined);
    await completeItems(items, sprites, (source) => frames.has(source));
    return {
      frame: (source) => frames.get(source),
      sprite: sprites.get,
      tickerWidth: sprites.tickerWidth,
    };
  };
  try {
    // Letters are asked for by drawing them, and drawn anew when they came.
    let pixels = await newPixels();
    while (await lettering.arrived()) pixels = await newPixels();
    await surface.paint(items, pixels);
    const painted = await surface.snapshot(0, 0);
    const given = frameMistake === undefined ? painted : await spoilt(painted, frameMistake);
    return { picture: await pngOf(given, frameMistake), parts: partsOf(items, pixels, size) };
  } finally {
    for (const frame of frames.values()) frame.close();
    surface.close();
  }
}

function failOn(reason: string): never {
  throw new Error(reason);
}

/** Takes over `frame`. */
async function pngOf(frame: VideoFrame, mistake?: FrameMistake): Promise<string> {
  const picture = await decoded(frame);
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('no 2D canvas');
  context.drawImage(picture, mistake === 'half a pixel' ? 0.5 : 0, 0);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

declare global {
  interface Window {
    /** Paints a scene by name on a surface. */
    paintScene(name: string, kind: GoldenKind, options: PaintOptions): Promise<Painted>;
  }
}

window.paintScene = async (name, kind, options) => {
  const scene = scenes[name];
  if (scene === undefined) throw new Error(`no scene ${name}`);
  return paint(scene, kind, options);
};
