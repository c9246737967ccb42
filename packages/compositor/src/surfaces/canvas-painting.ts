import type { Rect } from '@streamus/studio';
import type { DrawItem, LayerItem, PictureItem, Size, SpriteItem, StripItem } from '../draw-item.ts';
import { PANEL_COLOUR } from '../draw-list.ts';
import { placePicture } from '../place-picture.ts';
import { type Context2D, context2d } from '../sprites/canvas.ts';
import { stripPieces } from '../sprites/ticker-pieces.ts';
import type { Pixels } from './surface.ts';

/** A canvas with a draw list on it. */
export interface CanvasPainting {
  readonly canvas: OffscreenCanvas;
  paint(items: readonly DrawItem[], pixels: Pixels): void;
}

/**
 * Draws the part `from` of an upright frame; clips the context. The whole frame is drawn and cut at its place: WebKit draws all of a frame
 * whatever part it is asked for, and Chromium 150 (not 156) cuts a part out before it turns the frame.
 */
function drawPart(context: Context2D, frame: VideoFrame, from: Rect, to: Rect): void {
  const [across, down] = [to.width / from.width, to.height / from.height];
  context.beginPath();
  context.rect(to.x, to.y, to.width, to.height);
  context.clip();
  const [x, y] = [to.x - from.x * across, to.y - from.y * down];
  context.drawImage(frame, x, y, frame.displayWidth * across, frame.displayHeight * down);
}

/**
 * @param scale of the canvas to the programme; below 1 for thumbnails
 */
export function createCanvasPainting({ width, height }: Size, scale = 1): CanvasPainting {
  const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
  const target = context2d(canvas, { alpha: false });
  /** For pictures that are mixed as one. */
  let scratch: Context2D | null = null;
  target.scale(scale, scale);

  function fillBox(context: Context2D, colour: string, box: Rect): void {
    context.fillStyle = colour;
    context.fillRect(box.x, box.y, box.width, box.height);
  }

  function avatar(context: Context2D, { avatar: spec, box }: PictureItem, pixels: Pixels): void {
    if (spec === null) return;
    const sprite = pixels.sprite(spec);
    if (sprite === undefined) return;
    const x = Math.round(box.x + (box.width - sprite.width) / 2);
    context.drawImage(sprite.bitmap, x, Math.round(box.y + (box.height - sprite.height) / 2));
  }

  function picture(context: Context2D, item: PictureItem, pixels: Pixels): void {
    const frame = pixels.frame(item.source);
    const { box } = item;
    context.save();
    if (item.radius > 0) {
      context.beginPath();
      context.roundRect(box.x, box.y, box.width, box.height, item.radius);
      context.clip();
    }
    if (frame === undefined) {
      fillBox(context, PANEL_COLOUR, box);
      avatar(context, item, pixels);
    } else {
      if (item.fit === 'contain') fillBox(context, PANEL_COLOUR, box);
      const size = { width: frame.displayWidth, height: frame.displayHeight };
      const { from, to } = placePicture(item.fit, box, size, item.crop);
      drawPart(context, frame, from, to);
    }
    context.restore();
    if (item.border !== null) border(context, item, item.border);
  }

  function border(context: Context2D, { box, radius }: PictureItem, line: { width: number; colour: string }) {
    const inset = line.width / 2;
    context.beginPath();
    const inner = Math.max(0, radius - inset);
    context.roundRect(box.x + inset, box.y + inset, box.width - line.width, box.height - line.width, inner);
    context.strokeStyle = line.colour;
    context.lineWidth = line.width;
    context.stroke();
  }

  function spriteAt(context: Context2D, item: SpriteItem, pixels: Pixels): void {
    const sprite = pixels.sprite(item.sprite);
    if (sprite === undefined) return;
    const before = { left: 0, centre: sprite.width / 2, right: sprite.width }[item.anchor];
    const x = Math.round(item.x - before + item.shift * sprite.width);
    const shown = Math.round(sprite.width * item.reveal);
    if (shown <= 0 || item.opacity <= 0) return;
    context.globalAlpha = item.opacity;
    const y = Math.round(item.y - sprite.height);
    context.drawImage(sprite.bitmap, 0, 0, shown, sprite.height, x, y, shown, sprite.height);
    context.globalAlpha = 1;
  }

  function strip(context: Context2D, item: StripItem, pixels: Pixels): void {
    const { box } = item;
    context.save();
    context.beginPath();
    context.rect(box.x, box.y, box.width, box.height);
    context.clip();
    for (const { sprite: spec, x, from, to } of stripPieces(item, pixels.tickerWidth(item.ticker))) {
      const sprite = pixels.sprite(spec);
      if (sprite === undefined) continue;
      const [width, height] = [to - from, sprite.height];
      context.drawImage(sprite.bitmap, from - x, 0, width, height, from, box.y, width, height);
    }
    context.restore();
  }

  function layer(context: Context2D, item: LayerItem, pixels: Pixels): void {
    context.save();
    if (item.clip !== null) {
      context.beginPath();
      context.rect(item.clip.x, item.clip.y, item.clip.width, item.clip.height);
      context.clip();
    }
    if (item.opacity < 1) {
      // One after the other, what lies below would shine through every item: they are mixed as one picture.
      scratch ??= scratchFor(canvas, scale);
      for (const inner of item.items) draw(scratch, inner, pixels);
      context.globalAlpha = item.opacity;
      context.drawImage(scratch.canvas, item.x, item.y, width, height);
    } else {
      context.translate(item.x, item.y);
      for (const inner of item.items) draw(context, inner, pixels);
    }
    context.restore();
  }

  function draw(context: Context2D, item: DrawItem, pixels: Pixels): void {
    switch (item.kind) {
      case 'fill':
        context.fillStyle = item.colour;
        context.fillRect(0, 0, width, height);
        return;
      case 'plate':
        context.globalAlpha = item.opacity;
        fillBox(context, item.colour, item.box);
        context.globalAlpha = 1;
        return;
      case 'picture':
        picture(context, item, pixels);
        return;
      case 'sprite':
        spriteAt(context, item, pixels);
        return;
      case 'strip':
        strip(context, item, pixels);
        return;
      case 'layer':
        layer(context, item, pixels);
    }
  }

  return {
    canvas,
    paint(items, pixels) {
      for (const item of items) draw(target, item, pixels);
    },
  };
}

function scratchFor({ width, height }: Size, scale: number): Context2D {
  const context = context2d(new OffscreenCanvas(width, height), { alpha: false });
  context.scale(scale, scale);
  return context;
}
