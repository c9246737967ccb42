import { DEFAULT_BRAND, personIdSchema, type Rect, type SourceId, sourceId } from '@streamus/studio';
import fc from 'fast-check';
import type { DrawItem, PictureItem, Size } from '../../../draw-item.ts';
import type { SpriteSpec, TickerText } from '../../../sprites/sprite-spec.ts';
import type { TaggedColours } from '../colours.ts';
import { createI420Painter, type PaintedPixels } from '../i420-painter.ts';
import type { Raster } from '../overlay-planes.ts';
import { planesBytes } from '../planes.ts';
import type { StagedFrame } from '../stage-frame.ts';
import { type GuardedMemory, guardedMemory } from './guarded-memory.ts';

/** Frames and bitmaps without a browser. */
export interface FrameFacts {
  readonly format: VideoPixelFormat | null;
  readonly size: Size;
  readonly at?: { readonly x: number; readonly y: number };
  readonly rotation?: number;
  readonly flip?: boolean;
  readonly colours?: TaggedColours;
  /** Sample of a plane (of packed formats: of a channel) at a place of the visible part. */
  readonly sample?: (plane: number, x: number, y: number) => number;
}

export interface FakeFrame extends StagedFrame {
  copies: number;
  closed: boolean;
  close(): void;
}

const LIMITED_709: TaggedColours = { matrix: 'bt709', fullRange: false };
const half = (length: number): number => Math.ceil(length / 2);

export function fakeFrame(facts: FrameFacts): FakeFrame {
  const { format, size, at = { x: 0, y: 0 }, rotation = 0, flip = false } = facts;
  const turned = rotation % 180 !== 0;
  const sample = facts.sample ?? ((plane, x, y) => (plane * 57 + x * 3 + y * 5) % 256);
  return {
    format,
    visibleRect: { ...at, ...size },
    displayWidth: turned ? size.height : size.width,
    displayHeight: turned ? size.width : size.height,
    colorSpace: facts.colours ?? LIMITED_709,
    rotation,
    flip,
    copies: 0,
    closed: false,
    async copyTo(destination, options) {
      this.copies += 1;
      if (this.closed) throw new TypeError('a closed frame was read');
      if (!(destination instanceof Uint8Array)) throw new TypeError('bytes are needed');
      const { rect, layout } = options ?? {};
      const { x = 0, y = 0, width = 0, height = 0 } = rect ?? {};
      const subsampled = format === 'I420' || format === 'NV12';
      if (subsampled && (x % 2 !== 0 || y % 2 !== 0)) throw new TypeError('a cut at an odd place');
      if (x + width > at.x + size.width || y + height > at.y + size.height)
        throw new TypeError('cut outside');
      for (const [plane, { width: samples, height: rows, bytes }] of planesOf(
        format,
        width,
        height,
      ).entries()) {
        const { offset = -1, stride = 0 } = layout?.[plane] ?? {};
        if (offset < 0 || stride < samples * bytes) throw new TypeError('the layout is too tight');
        for (let row = 0; row < rows; row += 1) {
          for (let n = 0; n < samples * bytes; n += 1) {
            const channel = bytes === 1 ? plane : plane + (n % bytes);
            destination[offset + row * stride + n] = sample(channel, Math.floor(n / bytes), row);
          }
        }
      }
      return layout ?? [];
    },
    close() {
      this.closed = true;
    },
  };
}

function planesOf(format: VideoPixelFormat | null, width: number, height: number) {
  const luma = { width, height, bytes: 1 };
  const chroma = { width: half(width), height: half(height) };
  switch (format) {
    case 'I420':
      return [luma, { ...chroma, bytes: 1 }, { ...chroma, bytes: 1 }];
    case 'NV12':
      return [luma, { ...chroma, bytes: 2 }];
    case 'RGBA':
    case 'RGBX':
    case 'BGRA':
    case 'BGRX':
      return [{ width, height, bytes: 4 }];
    default:
      throw new TypeError(`no copies of ${format}`);
  }
}

export interface FakeBitmap extends Size {
  readonly alpha: number;
  /** It is the part from this column on of a wider bitmap, which is transparent before its first. */
  readonly left?: number;
}

function rasterOf({ width, height, alpha, left = 0 }: FakeBitmap): Raster {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let n = 0; n < data.length; n += 1) {
    const [pixel, channel] = [Math.floor(n / 4), n % 4];
    const [x, y] = [left + (pixel % width), Math.floor(pixel / width)];
    data[n] = channel === 3 ? (x < 0 ? 0 : alpha) : (x * 28 + y * 36 + channel * 7) % 256;
  }
  return { width, height, data };
}

export async function startPainter(size: Size, maximumPages?: number, mark?: number) {
  const guarded: GuardedMemory = await guardedMemory(maximumPages, mark);
  const { kernels, memory, heap } = guarded;
  const drawn: StagedFrame[] = [];
  const painter = createI420Painter({
    size,
    kernels,
    memory,
    heap,
    rasterOf,
    drawFrame(frame, most) {
      drawn.push(frame);
      const scale = Math.min(1, most.width / frame.displayWidth, most.height / frame.displayHeight);
      const width = Math.max(1, Math.round(frame.displayWidth * scale));
      const height = Math.max(1, Math.round(frame.displayHeight * scale));
      return fakeFrame({ format: 'RGBA', size: { width, height } });
    },
  });
  const read = (plane: 'y' | 'u' | 'v', x: number, y: number): number => {
    const { at, stride } = painter.picture[plane];
    return new Uint8Array(memory.buffer)[at + y * stride + x] ?? Number.NaN;
  };
  const bytes = (): Uint8Array => {
    const { at } = painter.picture.y;
    return new Uint8Array(memory.buffer).slice(at, at + planesBytes(size));
  };
  return { ...guarded, guarded, painter, drawn, read, bytes };
}

const person = personIdSchema.parse('00000000-0000-4000-8000-000000000001');
const other = personIdSchema.parse('00000000-0000-4000-8000-000000000002');
export const SOURCES: readonly [SourceId, SourceId] = [sourceId('camera', person), sourceId('camera', other)];
const SPRITE: SpriteSpec = { kind: 'avatar', initials: 'AB', colour: '#3f5bd9', size: 20 };

export const picture = (box: Rect, change: Partial<PictureItem> = {}): PictureItem => ({
  kind: 'picture',
  source: SOURCES[0],
  box,
  fit: 'cover',
  crop: { left: 0, top: 0, right: 0, bottom: 0 },
  radius: 0,
  border: null,
  avatar: null,
  ...change,
});

export const TICKER: TickerText = {
  text: 'News',
  look: { font: 'system', theme: 'plain', colours: DEFAULT_BRAND.colours },
  height: 13,
};

export function pixelsOf(
  frames: ReadonlyMap<SourceId, StagedFrame>,
  bitmap: FakeBitmap,
): PaintedPixels<FakeBitmap> {
  return {
    frame: (source) => frames.get(source),
    sprite: () => bitmap,
    tickerWidth: () => bitmap.width,
  };
}

/** Anything a draw list may hold, and places that no layout would give. */
export function drawItems({ width, height }: Size): fc.Arbitrary<readonly DrawItem[]> {
  const across = fc.integer({ min: -width, max: 2 * width });
  const down = fc.integer({ min: -height, max: 2 * height });
  const length = (most: number) =>
    fc.oneof(fc.integer({ min: 1, max: most }), fc.double({ min: 0.1, max: most, noNaN: true }));
  const anywhere = fc.record({ x: across, y: down, width: length(2 * width), height: length(2 * height) });
  const opacity = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
  const colour = fc.constantFrom('#000000', '#ffffff', '#12ab9f');
  const share = fc.integer({ min: 0, max: 4900 });
  const kind = <K extends string>(name: K) => fc.constant(name);
  const { items } = fc.letrec<{ items: readonly DrawItem[]; item: DrawItem }>((tie) => ({
    items: fc.array(tie('item'), { maxLength: 4 }),
    item: fc.oneof(
      { maxDepth: 2 },
      fc.record({ kind: kind('fill'), colour }),
      fc.record({ kind: kind('plate'), colour, box: anywhere, opacity }),
      fc.record({
        kind: kind('picture'),
        source: fc.constantFrom(...SOURCES),
        box: anywhere,
        fit: fc.constantFrom('cover' as const, 'contain' as const),
        crop: fc.record({ left: share, top: share, right: share, bottom: share }),
        radius: fc.integer({ min: 0, max: width }),
        border: fc.option(fc.record({ width: fc.integer({ min: 1, max: 40 }), colour })),
        avatar: fc.option(fc.constant(SPRITE as Extract<SpriteSpec, { kind: 'avatar' }>)),
      }),
      fc.record({
        kind: kind('sprite'),
        sprite: fc.constant(SPRITE),
        slot: fc.constant('badge'),
        anchor: fc.constantFrom('left' as const, 'centre' as const, 'right' as const),
        x: across,
        y: down,
        opacity,
        reveal: opacity,
        shift: fc.double({ min: -2, max: 2, noNaN: true }),
      }),
      fc.record({
        kind: kind('strip'),
        ticker: fc.constant(TICKER),
        slot: fc.constant('news'),
        box: anywhere,
        travel: fc.double({ min: 0, max: 1e6, noNaN: true }),
        towards: fc.constantFrom('left' as const, 'right' as const),
      }),
      fc.record({
        kind: kind('layer'),
        items: tie('items'),
        opacity,
        x: across,
        y: down,
        clip: fc.option(anywhere),
      }),
    ),
  }));
  return items;
}

export function frames(most: number): fc.Arbitrary<FakeFrame> {
  const side = fc.oneof(fc.constantFrom(1, 2, 3), fc.integer({ min: 1, max: most }));
  return fc
    .record({
      format: fc.constantFrom(
        'I420' as const,
        'NV12' as const,
        'RGBX' as const,
        'BGRA' as const,
        'I444' as const,
        null,
      ),
      size: fc.record({ width: side, height: side }),
      at: fc.record({ x: fc.integer({ min: 0, max: 5 }), y: fc.integer({ min: 0, max: 5 }) }),
      rotation: fc.constantFrom(0, 90, 180, 270),
      flip: fc.boolean(),
      colours: fc.record({
        matrix: fc.constantFrom('bt709', 'smpte170m', 'bt2020-ncl', null),
        fullRange: fc.constantFrom(true, false, null),
      }),
    })
    .map(fakeFrame);
}
