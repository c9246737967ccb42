import type { AssetId, SourceId } from '@streamus/studio';
import { type DrawItem, PANEL_COLOUR, placePicture, type Size } from './draw-list.ts';
import { context2d, createSpriteCache } from './sprites.ts';

/** What a surface needs beside the draw list: pixels. */
export interface Pixels {
  frame(source: SourceId): VideoFrame | undefined;
  image(asset: AssetId): ImageBitmap | undefined;
}

/** Paints draw lists on a canvas of the programme's size and hands out its picture. */
export interface Surface {
  paint(items: readonly DrawItem[], pixels: Pixels): void;
  /** The painted picture as a frame the caller must close. */
  snapshot(timestampUs: number, durationUs: number): VideoFrame;
  /** The draw list has changed: bitmaps it does not use any more may go. */
  forgetUnused(): void;
}

export function createCanvasSurface({ width, height }: Size): Surface & { readonly canvas: OffscreenCanvas } {
  const canvas = new OffscreenCanvas(width, height);
  const context = context2d(canvas, { alpha: false });
  const sprites = createSpriteCache();

  function panel(item: DrawItem & { kind: 'picture' }): void {
    context.fillStyle = PANEL_COLOUR;
    context.fillRect(item.box.x, item.box.y, item.box.width, item.box.height);
  }

  function picture(item: DrawItem & { kind: 'picture' }, pixels: Pixels): void {
    const frame = pixels.frame(item.source);
    const { box } = item;
    context.save();
    if (item.radius > 0) {
      context.beginPath();
      context.roundRect(box.x, box.y, box.width, box.height, item.radius);
      context.clip();
    }
    if (frame === undefined) {
      panel(item);
      if (item.avatar !== null) {
        const sprite = sprites.get(item.avatar);
        const x = Math.round(box.x + (box.width - sprite.width) / 2);
        context.drawImage(sprite, x, Math.round(box.y + (box.height - sprite.height) / 2));
      }
    } else {
      if (item.fit === 'contain') panel(item);
      const size = { width: frame.displayWidth, height: frame.displayHeight };
      const { from, to } = placePicture(item.fit, box, size);
      context.drawImage(frame, from.x, from.y, from.width, from.height, to.x, to.y, to.width, to.height);
    }
    context.restore();
  }

  function draw(item: DrawItem, pixels: Pixels): void {
    switch (item.kind) {
      case 'fill':
        context.fillStyle = item.colour;
        context.fillRect(0, 0, width, height);
        return;
      case 'image': {
        const image = pixels.image(item.asset);
        const { from, to } = item;
        if (image === undefined) return;
        context.drawImage(image, from.x, from.y, from.width, from.height, to.x, to.y, to.width, to.height);
        return;
      }
      case 'picture':
        picture(item, pixels);
        return;
      case 'sprite': {
        const sprite = sprites.get(item.sprite);
        context.drawImage(sprite, item.left, item.bottom - sprite.height);
      }
    }
  }

  return {
    canvas,
    paint(items, pixels) {
      for (const item of items) draw(item, pixels);
    },
    snapshot: (timestamp, duration) => new VideoFrame(canvas, { timestamp, duration, alpha: 'discard' }),
    forgetUnused: () => sprites.sweep(),
  };
}
