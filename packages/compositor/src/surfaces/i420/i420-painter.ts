import type { Rect, SourceId } from '@streamus/studio';
import { createCopies } from '../../copies.ts';
import type { DrawItem, LayerItem, PictureItem, Size, SpriteItem, StripItem } from '../../draw-item.ts';
import { PANEL_COLOUR } from '../../draw-list.ts';
import { nearestEven, placePicture } from '../../place-picture.ts';
import type { SpriteSpec, TickerText } from '../../sprites/sprite-spec.ts';
import { stripPieces } from '../../sprites/ticker-pieces.ts';
import { createBrush } from './brush.ts';
import { colourOf } from './colours.ts';
import { damageOf, seenIn } from './damage.ts';
import { createRoom, type Heap, type Room } from './heap.ts';
import type { Kernels } from './kernels.ts';
import { createOverlayMaker, type OverlayBytes, type OverlayPlanes, type Raster } from './overlay-planes.ts';
import { intersection, isEmpty, moved, type Planes, planesAt, planesBytes } from './planes.ts';
import { countUses, type Frames, framesIn } from './sources-in.ts';
import { createStager, type DrawFrame, type Staged, type StagedFrame } from './stage-frame.ts';

/** Where pixels of a sprite come from, which is a canvas's in the browser. */
export type RasterOf<S> = (sprite: S) => Raster | OverlayBytes;

/** The part of `Pixels` that this painter needs. */
export interface PaintedPixels<S> {
  frame(source: SourceId): StagedFrame | undefined;
  sprite(spec: SpriteSpec): S | undefined;
  tickerWidth(ticker: TickerText): number | undefined;
}

/** Draws draw lists in the kernels' memory; knows no canvas and no browser. */
export interface I420Painter<S> {
  readonly picture: Planes;
  paint(items: readonly DrawItem[], pixels: PaintedPixels<S>): Promise<void>;
  forgetUnused(): void;
  close(): void;
}

/** Where and on what an item is drawn. */
interface Place {
  readonly target: Planes;
  /** Its items are moved by this much: even. */
  readonly by: { readonly x: number; readonly y: number };
  /** Even edges, inside the target. */
  readonly clip: Rect;
  /** Of layers that are mixed as one picture. */
  readonly depth: number;
}

/**
 * Sources drawn more than once are kept in rooms of their own, as long as those together are not larger than this;
 * beyond it they are copied again. Enough for ten people at 1080p in a transition.
 */
const KEPT_BYTES = 64 * 1024 * 1024;

export function createI420Painter<S extends object>(options: {
  readonly size: Size;
  readonly kernels: Kernels;
  readonly memory: WebAssembly.Memory;
  readonly heap: Heap;
  readonly rasterOf: RasterOf<S>;
  readonly drawFrame: DrawFrame;
}): I420Painter<S> {
  type Pixels = PaintedPixels<S>;
  const { size, kernels, memory, heap, rasterOf, drawFrame } = options;
  const whole: Rect = { x: 0, y: 0, ...size };
  const canvas = createRoom(heap);
  const picture = planesAt(canvas.of(planesBytes(size)), size);
  const brush = createBrush(kernels, memory, heap);
  const stager = createStager({ kernels, memory, heap, drawFrame, programme: size });
  const maker = createOverlayMaker(kernels, memory, heap);
  const sprites = createCopies<S, OverlayPlanes>(maker.free);
  const layers: Room[] = [];
  const passing = createRoom(heap);
  const kept: Room[] = [];
  /** In this painting. */
  let uses: ReadonlyMap<SourceId, number> = new Map();
  const staged = new Map<SourceId, Staged>();
  /** What the picture shows. */
  let last: { readonly items: readonly DrawItem[]; readonly frames: Frames } | null = null;

  async function stage(source: SourceId, frame: StagedFrame): Promise<Staged> {
    const known = staged.get(source);
    if (known !== undefined) return known;
    const keep = (uses.get(source) ?? 0) > 1;
    const used = kept.slice(0, staged.size).reduce((sum, room) => sum + room.size, 0);
    if (!keep || used > KEPT_BYTES) return stager.stage(frame, passing);
    const room = kept[staged.size] ?? createRoom(heap);
    kept[staged.size] = room;
    const result = await stager.stage(frame, room);
    staged.set(source, result);
    return result;
  }

  /** What is scaled up is converted before: it has fewer samples then. */
  function convertedIfSmaller(copy: Staged, source: SourceId, seen: Size): Staged {
    const { planes, factors } = copy;
    const { width, height } = planes.y;
    if (factors === null || width * height >= seen.width * seen.height) return copy;
    if (width % 2 !== 0 || height % 2 !== 0) return copy;
    brush.convert(planes, { x: 0, y: 0, width, height }, factors);
    const converted = { ...copy, factors: null };
    if (staged.has(source)) staged.set(source, converted);
    return converted;
  }

  async function drawPicture(item: PictureItem, place: Place, pixels: Pixels): Promise<void> {
    const { target, clip, by } = place;
    const box = moved(nearestEven(item.box), by);
    const frame = pixels.frame(item.source);
    const seen = intersection(box, clip);
    if (isEmpty(seen)) return;
    const panel = (): void => brush.tint(target, box, clip, colourOf(PANEL_COLOUR), 255);
    const bringBack = brush.rounded(target, box, item.radius, clip);
    if (frame === undefined || item.fit === 'contain') panel();
    if (frame === undefined) drawAvatar(item, box, { ...place, clip: seen }, pixels);
    else await drawFrameOf(item, frame, box, { ...place, clip: seen });
    bringBack();
    if (item.border === null) return;
    const line = { width: Math.max(1, Math.round(item.border.width)), colour: colourOf(item.border.colour) };
    brush.border(target, box, item.radius, line, clip);
  }

  async function drawFrameOf(item: PictureItem, frame: StagedFrame, box: Rect, place: Place): Promise<void> {
    const { target, clip } = place;
    // Rotated frames are displayed by their turned sides; pixels need not be square.
    const display = { width: frame.displayWidth, height: frame.displayHeight };
    const { from, to } = placePicture(item.fit, box, display, item.crop);
    if (uses.get(item.source) === 1 && isWithin(to, clip)) {
      const placed = stager.place(frame, from, target, to);
      if (placed !== undefined) {
        const factors = await placed;
        if (factors !== null) brush.convert(target, to, factors);
        return;
      }
    }
    const copy = convertedIfSmaller(await stage(item.source, frame), item.source, intersection(to, clip));
    const [scaleX, scaleY] = [copy.size.width / display.width, copy.size.height / display.height];
    const part = {
      x: from.x * scaleX,
      y: from.y * scaleY,
      width: from.width * scaleX,
      height: from.height * scaleY,
    };
    brush.picture(target, copy, part, to, clip);
  }

  function drawAvatar({ avatar }: PictureItem, box: Rect, { target, clip }: Place, pixels: Pixels): void {
    if (avatar === null) return;
    const overlay = spriteOf(pixels.sprite(avatar));
    if (overlay === null) return;
    const x = Math.round(box.x + (box.width - overlay.width) / 2);
    const y = Math.round(box.y + (box.height - overlay.height) / 2);
    brush.overlay(target, overlay, { x, y }, clip, 255);
  }

  function spriteOf(sprite: S | undefined): OverlayPlanes | null {
    if (sprite === undefined) return null;
    return sprites.get(sprite, () => {
      const given = rasterOf(sprite);
      return 'planes' in given ? maker.bring(given) : maker.make(given);
    });
  }

  function drawSprite(item: SpriteItem, { target, clip, by }: Place, pixels: Pixels): void {
    const overlay = spriteOf(pixels.sprite(item.sprite));
    if (overlay === null) return;
    const { width, height } = overlay;
    const before = { left: 0, centre: width / 2, right: width }[item.anchor];
    const x = Math.round(item.x - before + item.shift * width) + by.x;
    const y = Math.round(item.y - height) + by.y;
    const shown = { x, y, width: Math.round(width * item.reveal), height };
    if (shown.width <= 0) return;
    const seen = item.reveal >= 1 ? clip : intersection(nearestEven(shown), clip);
    brush.overlay(target, overlay, { x, y }, seen, byteOf(item.opacity));
  }

  function drawStrip(item: StripItem, { target, clip, by }: Place, pixels: Pixels): void {
    const { box } = item;
    const inBox = intersection(nearestEven(moved(box, by)), clip);
    for (const { sprite, x, from, to } of stripPieces(item, pixels.tickerWidth(item.ticker))) {
      const overlay = spriteOf(pixels.sprite(sprite));
      if (overlay === null) continue;
      const at = { x: x + by.x, y: Math.round(box.y) + by.y };
      const seen = intersection({ ...inBox, x: from + by.x, width: to - from }, inBox);
      brush.overlay(target, overlay, at, seen, 255);
    }
  }

  async function drawLayer(item: LayerItem, place: Place, pixels: Pixels): Promise<void> {
    const { target, depth } = place;
    const shift = nearestEven({ x: item.x, y: item.y, width: 0, height: 0 });
    const by = { x: place.by.x + shift.x, y: place.by.y + shift.y };
    const clip =
      item.clip === null ? place.clip : intersection(nearestEven(moved(item.clip, place.by)), place.clip);
    if (isEmpty(clip)) return;
    if (item.opacity >= 1) {
      for (const inner of item.items) await draw(inner, { target, by, clip, depth }, pixels);
      return;
    }
    // One after the other, what lies below would shine through every item: they are mixed as one picture.
    const room = layers[depth] ?? createRoom(heap);
    layers[depth] = room;
    const layer = planesAt(room.of(planesBytes(size)), size);
    const inside = { target: layer, by: { x: 0, y: 0 }, clip: whole, depth: depth + 1 };
    brush.tint(layer, whole, whole, BLACK, 255);
    for (const inner of item.items) await draw(inner, inside, pixels);
    brush.layer(target, layer, by, clip, byteOf(item.opacity));
  }

  async function draw(item: DrawItem, place: Place, pixels: Pixels): Promise<void> {
    const { target, clip, by } = place;
    switch (item.kind) {
      case 'fill':
        brush.tint(target, moved(whole, by), clip, colourOf(item.colour), 255);
        return;
      case 'plate': {
        const box = rounded(moved(item.box, by));
        brush.tint(target, box, clip, colourOf(item.colour), byteOf(item.opacity));
        return;
      }
      case 'picture':
        await drawPicture(item, place, pixels);
        return;
      case 'sprite':
        drawSprite(item, place, pixels);
        return;
      case 'strip':
        drawStrip(item, place, pixels);
        return;
      case 'layer':
        await drawLayer(item, place, pixels);
    }
  }

  return {
    picture,
    async paint(items, pixels) {
      const frames = framesIn(items, pixels.frame);
      const changed = (source: SourceId): boolean => frames.get(source) !== last?.frames.get(source);
      const parts = items === last?.items ? damageOf(items, size, changed) : null;
      // Whatever fails on the way leaves a picture that is painted in part.
      last = null;
      staged.clear();
      for (const clip of parts ?? [whole]) {
        const seen = seenIn(items, clip);
        uses = countUses(seen);
        const place = { target: picture, by: { x: 0, y: 0 }, clip, depth: 0 };
        for (const item of seen) await draw(item, place, pixels);
      }
      last = { items, frames };
    },
    forgetUnused() {
      sprites.sweep();
      brush.forgetUnused();
    },
    close() {
      sprites.close();
      brush.close();
      stager.close();
      for (const room of [canvas, passing, ...kept, ...layers]) room.close();
    },
  };
}

/** Below the items of a layer that do not cover it. */
const BLACK = colourOf('#000000');

const isWithin = (inner: Rect, outer: Rect): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

const byteOf = (share: number): number => Math.round(255 * Math.min(1, Math.max(0, share)));

function rounded({ x, y, width, height }: Rect): Rect {
  const [left, top] = [Math.round(x), Math.round(y)];
  return { x: left, y: top, width: Math.round(x + width) - left, height: Math.round(y + height) - top };
}
