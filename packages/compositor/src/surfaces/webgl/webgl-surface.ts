import type { Rect, SourceId } from '@streamus/studio';
import { createCopies } from '../../copies.ts';
import type { DrawItem, LayerItem, PictureItem, Size, SpriteItem, StripItem } from '../../draw-item.ts';
import { PANEL_COLOUR } from '../../draw-list.ts';
import { placePicture, wholeOf } from '../../place-picture.ts';
import { stripPieces } from '../../sprites/ticker-pieces.ts';
import type { Pixels, Surface } from '../surface.ts';
import { SurfaceFailure } from '../surface-failure.ts';
import { type Canvas, createBoxBrush, type Ink, type Stroke } from './box-brush.ts';
import { type Bitmap, newTarget, newTexture, type Target } from './gl.ts';
import { createPlanes } from './planes.ts';

/** A frame on the graphics card, and which one it is. */
interface Uploaded extends Bitmap {
  frame: VideoFrame | null;
}

/**
 * Paints with WebGL2. Throws when there is none.
 * @param software whether a context that the processor emulates will do
 */
export function createWebglSurface(size: Size, software: boolean): Surface {
  const { width, height } = size;
  const canvas = new OffscreenCanvas(1, 1);
  const gl = canvas.getContext('webgl2', {
    alpha: false,
    antialias: false,
    depth: false,
    stencil: false,
    powerPreference: 'high-performance',
    failIfMajorPerformanceCaveat: !software,
  });
  if (gl === null) throw new SurfaceFailure('unavailable', 'this browser has no WebGL2 on a graphics card');
  const context = gl;
  const brush = createBoxBrush(context);
  const planes = createPlanes(context, size);
  const screen = newTarget(context, size);
  /** For layers that are mixed as one picture, one for each depth. */
  const scratches: Target[] = [];
  const frames = new Map<SourceId, Uploaded>();
  const bitmaps = createCopies<ImageBitmap | OffscreenCanvas, Bitmap>(({ texture }) =>
    context.deleteTexture(texture),
  );

  function upload(source: TexImageSource): void {
    context.pixelStorei(context.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
    context.texImage2D(context.TEXTURE_2D, 0, context.RGBA8, context.RGBA, context.UNSIGNED_BYTE, source);
  }

  function bitmapOf(bitmap: ImageBitmap | OffscreenCanvas): Bitmap {
    return bitmaps.get(bitmap, () => {
      const texture = newTexture(context);
      upload(bitmap);
      return { texture };
    });
  }

  function frameOf(source: SourceId, frame: VideoFrame): Bitmap {
    const known = frames.get(source) ?? { texture: newTexture(context), frame: null };
    frames.set(source, known);
    if (known.frame !== frame) {
      context.bindTexture(context.TEXTURE_2D, known.texture);
      upload(frame);
      known.frame = frame;
    }
    return known;
  }

  function whole(bitmap: ImageBitmap | OffscreenCanvas, from: Rect = wholeOf(bitmap)): Ink {
    return { kind: 'bitmap', bitmap: bitmapOf(bitmap), of: bitmap, from };
  }

  function fill(on: Canvas, colour: string, area: Rect, more: Partial<Stroke> = {}): void {
    brush.paint(on, { ink: { kind: 'colour', colour }, area, ...more });
  }

  function picture(on: Canvas, item: PictureItem, pixels: Pixels): void {
    const { box, radius, border } = item;
    const frame = pixels.frame(item.source);
    const mask = { ...box, radius };
    if (frame === undefined || item.fit === 'contain') fill(on, PANEL_COLOUR, box, { mask });
    if (frame !== undefined) {
      const of = { width: frame.displayWidth, height: frame.displayHeight };
      const { from, to } = placePicture(item.fit, box, of, item.crop);
      const ink: Ink = { kind: 'bitmap', bitmap: frameOf(item.source, frame), of, from };
      brush.paint(on, { ink, area: to, mask });
    } else if (item.avatar !== null) {
      const sprite = pixels.sprite(item.avatar);
      if (sprite === undefined) return;
      const x = Math.round(box.x + (box.width - sprite.width) / 2);
      const y = Math.round(box.y + (box.height - sprite.height) / 2);
      const area = { x, y, width: sprite.width, height: sprite.height };
      brush.paint(on, { ink: whole(sprite.bitmap), area, mask });
    }
    if (border === null) return;
    const line = border.width;
    // A line of this width along the inside of a corner that is rounder than half of it; others are square.
    const round = radius > line / 2 ? radius : 0;
    const inner = {
      x: box.x + line,
      y: box.y + line,
      width: box.width - 2 * line,
      height: box.height - 2 * line,
    };
    fill(on, border.colour, box, {
      mask: { ...box, radius: round },
      hole: { ...inner, radius: Math.max(0, round - line) },
    });
  }

  function sprite(on: Canvas, item: SpriteItem, pixels: Pixels): void {
    const { bitmap } = pixels.sprite(item.sprite) ?? {};
    if (bitmap === undefined) return;
    const before = { left: 0, centre: bitmap.width / 2, right: bitmap.width }[item.anchor];
    const shown = Math.round(bitmap.width * item.reveal);
    const area = {
      x: Math.round(item.x - before + item.shift * bitmap.width),
      y: Math.round(item.y - bitmap.height),
      width: shown,
      height: bitmap.height,
    };
    const ink = whole(bitmap, { x: 0, y: 0, width: shown, height: bitmap.height });
    brush.paint(on, { ink, area, opacity: item.opacity });
  }

  function strip(on: Canvas, item: StripItem, pixels: Pixels): void {
    const { box } = item;
    for (const { sprite: spec, x, from, to } of stripPieces(item, pixels.tickerWidth(item.ticker))) {
      const { bitmap } = pixels.sprite(spec) ?? {};
      if (bitmap === undefined) continue;
      const seen = { width: to - from, height: bitmap.height };
      const ink = whole(bitmap, { x: from - x, y: 0, ...seen });
      brush.paint(on, { ink, area: { x: from, y: box.y, ...seen }, mask: { ...box, radius: 0 } });
    }
  }

  function layer(on: Canvas, item: LayerItem, pixels: Pixels, depth: number): void {
    const clip = item.clip === null ? on.clip : moved(item.clip, on);
    if (item.opacity >= 1) {
      const inner = { ...on, x: on.x + item.x, y: on.y + item.y, clip };
      for (const each of item.items) draw(inner, each, pixels, depth);
      return;
    }
    // One after the other, what lies below would shine through every item: they are mixed as one picture.
    const scratch = scratches[depth] ?? newTarget(context, size);
    scratches[depth] = scratch;
    clear(scratch);
    const inner: Canvas = { target: scratch, x: 0, y: 0, clip: null };
    for (const each of item.items) draw(inner, each, pixels, depth + 1);
    const area = { x: item.x, y: item.y, width, height };
    const ink: Ink = { kind: 'bitmap', bitmap: scratch, of: size, from: wholeOf(size), upsideDown: true };
    brush.paint({ ...on, clip }, { ink, area, opacity: item.opacity });
  }

  function clear({ buffer }: Target): void {
    context.bindFramebuffer(context.FRAMEBUFFER, buffer);
    context.disable(context.SCISSOR_TEST);
    context.clearColor(0, 0, 0, 1);
    context.clear(context.COLOR_BUFFER_BIT);
  }

  function draw(on: Canvas, item: DrawItem, pixels: Pixels, depth: number): void {
    switch (item.kind) {
      case 'fill':
        fill(on, item.colour, wholeOf(size));
        return;
      case 'plate':
        fill(on, item.colour, item.box, { opacity: item.opacity });
        return;
      case 'picture':
        picture(on, item, pixels);
        return;
      case 'sprite':
        sprite(on, item, pixels);
        return;
      case 'strip':
        strip(on, item, pixels);
        return;
      case 'layer':
        layer(on, item, pixels, depth);
    }
  }

  function expectContext(): void {
    if (context.isContextLost()) throw new SurfaceFailure('context-lost', 'the graphics context is lost');
  }

  /** A source that is not shown any more leaves nothing on the card. */
  function forgetFrames(pixels: Pixels): void {
    for (const [source, { texture }] of frames) {
      if (pixels.frame(source) !== undefined) continue;
      context.deleteTexture(texture);
      frames.delete(source);
    }
  }

  return {
    kind: 'webgl2',
    paint(items, pixels) {
      expectContext();
      clear(screen);
      for (const item of items) draw({ target: screen, x: 0, y: 0, clip: null }, item, pixels, 0);
      planes.read(screen);
      forgetFrames(pixels);
      // What a lost context paints and reads is nothing, without an error.
      expectContext();
    },
    snapshot: planes.frame,
    forgetUnused: () => bitmaps.sweep(),
    // Everything on the card goes with its context, now and not when the collector comes.
    close: () => context.getExtension('WEBGL_lose_context')?.loseContext(),
  };
}

function moved({ x, y, width, height }: Rect, by: Canvas): Rect {
  const left = x + by.x;
  const top = y + by.y;
  if (by.clip === null) return { x: left, y: top, width, height };
  const right = Math.min(left + width, by.clip.x + by.clip.width);
  const bottom = Math.min(top + height, by.clip.y + by.clip.height);
  const [x0, y0] = [Math.max(left, by.clip.x), Math.max(top, by.clip.y)];
  return { x: x0, y: y0, width: Math.max(0, right - x0), height: Math.max(0, bottom - y0) };
}
