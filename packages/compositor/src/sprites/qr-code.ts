import { QR_CODE_QUIET } from '@streamus/studio';
import { encode } from 'uqr';
import { newCanvas } from './canvas.ts';
import type { QrCodeSpec } from './sprite-spec.ts';
import { drawLine, type Lettering, measure, shorten, type TextStyle } from './text.ts';

/** Rows of a code, true where it is dark, with the free modules around it. */
export const modulesOf = (url: string): readonly (readonly boolean[])[] =>
  encode(url, { ecc: 'M', border: QR_CODE_QUIET }).data;

/** Black on white, whatever the brand: other colours are not read by every phone. */
export function rasteriseQrCode(
  { url, caption, look, size }: QrCodeSpec,
  lettering: Lettering,
): OffscreenCanvas {
  const data = modulesOf(url);
  const modules = data.length;
  const captionHeight = caption === '' ? 0 : Math.round(size * 0.18);
  const { canvas, context } = newCanvas(size, size + captionHeight);
  context.beginPath();
  context.roundRect(0, 0, size, canvas.height, Math.round(size * 0.04));
  context.fillStyle = '#ffffff';
  context.fill();
  // Whole pixels for every module: blurred edges are what video compression eats first.
  const scale = Math.floor(size / modules);
  const origin = Math.floor((size - scale * modules) / 2);
  context.fillStyle = '#000000';
  data.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) context.fillRect(origin + x * scale, origin + y * scale, scale, scale);
    });
  });
  if (captionHeight > 0) {
    const font: TextStyle = {
      family: lettering.stack(look.font, caption),
      weight: 600,
      size: Math.round(captionHeight * 0.58),
    };
    const padding = Math.round(size * 0.05);
    const shown = shorten(caption, size - 2 * padding, measure(font));
    context.fillStyle = '#0a0d14';
    const middle = size + captionHeight * 0.36;
    drawLine(context, shown, font, { left: padding, right: size - padding, middle, centred: true });
  }
  return canvas;
}
