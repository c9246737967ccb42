import { DEFAULT_BRAND, personIdSchema, type SourceId, sourceId } from '@streamus/studio';
import type { DrawItem } from '../src/draw-item.ts';
import { completeItems } from '../src/sprites/ready-items.ts';
import type { Sprite } from '../src/sprites/sprite.ts';
import { createMakerHere } from '../src/sprites/sprite-maker.ts';
import { createSpriteStore } from '../src/sprites/sprite-store.ts';
import type { Lettering } from '../src/sprites/text.ts';
import { createCanvasSurface, createPlainCanvasSurface } from '../src/surfaces/canvas-surface.ts';
import type { SurfaceFacts, WantedSurface } from '../src/surfaces/choose-surface.ts';
import { createI420Surface } from '../src/surfaces/i420/i420-surface.ts';
import type { CreateSurface, Pixels, SurfaceKind } from '../src/surfaces/surface.ts';
import { createSurfaceChooser } from '../src/surfaces/surface-chooser.ts';
import { SurfaceFailure } from '../src/surfaces/surface-failure.ts';
import { createWebglSurface } from '../src/surfaces/webgl/webgl-surface.ts';

/** What goes wrong with a surface, once, in its picture number `at`. */
interface Mishap {
  readonly kind: SurfaceKind;
  readonly what: 'open' | 'paint' | 'hang' | 'snapshot' | 'lose-context';
  readonly at: number;
}

interface Report {
  /** Pictures that did not show what was to be seen. */
  readonly wrong: readonly number[];
  /** Who painted each picture. */
  readonly kinds: readonly string[];
  readonly facts: SurfaceFacts | null;
}

interface Tags {
  readonly format: string | null;
  readonly colours: VideoColorSpaceInit;
}

declare global {
  interface Window {
    /** Paints pictures one after the other as the engine does, by the clock one every `everyMs`, while `mishap` happens. */
    paintPictures(
      count: number,
      wanted: WantedSurface,
      mishap: Mishap | null,
      everyMs?: number,
    ): Promise<Report>;
    /** Share of the last part of a ticker's text, wider than any canvas may be, that is lit on this surface. */
    endOfTicker(kind: SurfaceKind): Promise<number>;
    /** What a picture of this surface says about itself to an encoder. */
    tagsOf(kind: SurfaceKind): Promise<Tags>;
  }
}

const SIZE = { width: 320, height: 180 };
const people = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
const sources: readonly SourceId[] = people.map((id) => sourceId('camera', personIdSchema.parse(id)));
const NO_CROP = { left: 0, top: 0, right: 0, bottom: 0 };

const items: readonly DrawItem[] = [
  { kind: 'fill', colour: '#102030' },
  ...sources.map(
    (source, index): DrawItem => ({
      ...{ kind: 'picture', source, fit: 'cover', crop: NO_CROP, radius: 8, border: null, avatar: null },
      box: { x: 10 + 160 * index, y: 20, width: 140, height: 80 },
    }),
  ),
];

const NOTHING: Sprite = {
  ...{ width: 1, height: 1, wholeWidth: 1 },
  ...{ bitmap: new OffscreenCanvas(1, 1), overlay: null },
};

/** Counts up in grey steps that are told apart after any conversion. */
const shadeOf = (picture: number, index: number): number => 40 + ((picture * 16 + index * 80) % 160);

function newFrame(shade: number, timestamp: number): VideoFrame {
  const canvas = new OffscreenCanvas(64, 36);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no 2D canvas');
  context.fillStyle = `rgb(${shade} ${shade} ${shade})`;
  context.fillRect(0, 0, 64, 36);
  return new VideoFrame(canvas, { timestamp });
}

/** What is seen in the middle of each box; takes over `frame`. */
function shadesIn(frame: VideoFrame): number[] {
  const canvas = new OffscreenCanvas(SIZE.width, SIZE.height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no 2D canvas');
  context.drawImage(frame, 0, 0);
  frame.close();
  return sources.map((_, index) => context.getImageData(80 + 160 * index, 60, 1, 1).data[0] ?? -1);
}

/** Of the surfaces made last. */
const contexts: WebGL2RenderingContext[] = [];
const { getContext } = OffscreenCanvas.prototype;
Object.assign(OffscreenCanvas.prototype, {
  getContext(this: OffscreenCanvas, ...given: Parameters<typeof getContext>) {
    const context = getContext.apply(this, given);
    if (context instanceof WebGL2RenderingContext) contexts.push(context);
    return context;
  },
});

/** A surface that works until its mishap; `i420` and the canvas are played by one that is handed out as it is. */
function failing(kind: SurfaceKind, mishap: Mishap | null): CreateSurface {
  let mine = mishap?.kind === kind ? mishap : null;
  const happens = (what: Mishap['what'], at: number): boolean => {
    if (mine?.what !== what || mine.at !== at) return false;
    mine = null;
    return true;
  };
  return async (size) => {
    if (mine?.what === 'open') throw new SurfaceFailure('unavailable', 'it does not compile');
    const surface = kind === 'webgl2' ? createWebglSurface(size, true) : createPlainCanvasSurface(size);
    let painted = 0;
    let given = 0;
    return {
      ...surface,
      kind,
      async paint(list, pixels) {
        painted += 1;
        if (happens('paint', painted)) throw new Error('it cannot paint');
        if (happens('hang', painted)) await new Promise(() => undefined);
        if (happens('lose-context', painted)) {
          contexts.at(-1)?.getExtension('WEBGL_lose_context')?.loseContext();
        }
        await surface.paint(list, pixels);
      },
      snapshot(timestampUs, durationUs) {
        given += 1;
        if (happens('snapshot', given)) throw new Error('it gives nothing');
        return surface.snapshot(timestampUs, durationUs);
      },
    };
  };
}

window.paintPictures = async (count, wanted, mishap, everyMs = 33) => {
  let facts: SurfaceFacts | null = null;
  let clockMs = 0;
  const chooser = createSurfaceChooser({
    wanted,
    canvas: failing('canvas', mishap),
    others: new Map([
      ['i420', failing('i420', mishap)],
      ['webgl2', failing('webgl2', mishap)],
    ]),
    onFacts: (next) => {
      facts = next;
    },
    nowMs: () => clockMs,
  });
  const surface = await chooser.create(SIZE);
  const wrong: number[] = [];
  const kinds: string[] = [];
  for (let picture = 0; picture < count; picture += 1) {
    clockMs += everyMs;
    const wantedShades = sources.map((_, index) => shadeOf(picture, index));
    const frames = new Map(
      sources.map((source, index) => [source, newFrame(wantedShades[index] ?? 0, picture)] as const),
    );
    const pixels: Pixels = {
      frame: (source) => frames.get(source),
      sprite: () => NOTHING,
      tickerWidth: () => 1,
    };
    await surface.paint(items, pixels);
    // An engine that repeats a picture asks twice.
    const seen = [shadesIn(await surface.snapshot(picture, 1)), shadesIn(await surface.snapshot(picture, 1))];
    kinds.push(surface.kind);
    // Colour conversions differ by a few levels; the next picture by sixteen.
    const right = seen.flat().every((shade, index) => Math.abs(shade - (wantedShades[index % 2] ?? 0)) <= 4);
    if (!right) wrong.push(picture);
    for (const frame of frames.values()) frame.close();
  }
  surface.close();
  return { wrong, kinds, facts };
};

const creators: Readonly<Record<SurfaceKind, CreateSurface>> = {
  canvas: createCanvasSurface,
  i420: createI420Surface,
  webgl2: async (size) => createWebglSurface(size, true),
};

const lettering: Lettering = { stack: () => 'sans-serif', want: () => null };
/** Of Chrome's canvases, in pixels. */
const WIDEST_CANVAS = 65_535;

window.endOfTicker = async (kind) => {
  const { width } = SIZE;
  const colours = { ...DEFAULT_BRAND.colours, text: '#ffffff' };
  const ticker = {
    text: '@'.repeat(1000),
    look: { font: 'system', theme: 'plain' as const, colours },
    height: 134,
  };
  const nothing = (): void => undefined;
  const sprites = createSpriteStore(createMakerHere(lettering), nothing).newSet(nothing);
  await sprites.made({ kind: 'ticker', ticker, piece: 0 });
  const whole = sprites.tickerWidth(ticker) ?? 0;
  if (whole < WIDEST_CANVAS) throw new Error(`only ${whole} pixels`);
  const surface = await creators[kind](SIZE);
  const box = { x: 0, y: 20, width, height: ticker.height };
  const list: readonly DrawItem[] = [
    { kind: 'fill', colour: '#000000' },
    { kind: 'strip', ticker, slot: 'news', box, travel: whole, towards: 'left' },
  ];
  await completeItems(list, sprites, () => false);
  await surface.paint(list, {
    frame: () => undefined,
    sprite: sprites.get,
    tickerWidth: sprites.tickerWidth,
  });
  const frame = await surface.snapshot(0, 1);
  const context = new OffscreenCanvas(width, SIZE.height).getContext('2d');
  if (context === null) throw new Error('no 2D canvas');
  context.drawImage(frame, 0, 0);
  frame.close();
  surface.close();
  const { data } = context.getImageData(0, box.y, width, box.height);
  return data.filter((level, at) => at % 4 === 1 && level > 128).length / (width * box.height);
};

window.tagsOf = async (kind) => {
  const surface = await creators[kind](SIZE);
  await surface.paint(items, {
    frame: () => undefined,
    sprite: () => NOTHING,
    tickerWidth: () => 1,
  });
  const frame = await surface.snapshot(0, 1);
  const { format } = frame;
  const colours = frame.colorSpace.toJSON();
  frame.close();
  surface.close();
  return { format, colours };
};
