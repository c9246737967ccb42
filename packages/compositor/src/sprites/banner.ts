import { newCanvas, withOpacity } from './canvas.ts';
import type { BannerSpec, Look } from './sprite-spec.ts';
import { drawLine, type Lettering, measure, type TextStyle, wrap } from './text.ts';

const MOST_LINES = 2;

/** Corners of the plates of a theme, in shares of one line's height. */
export function cornerOf({ theme }: Look): number {
  switch (theme) {
    case 'plain':
      return 0.14;
    case 'bold':
    case 'minimal':
      return 0;
    case 'bubble':
      return 0.5;
  }
}

/** A text on a plate: filled in the accent colour, of dark glass, or outlined. */
export function rasteriseBanner(spec: BannerSpec, lettering: Lettering): OffscreenCanvas {
  const { text, style, look, height, maxWidth } = spec;
  const bold = look.theme === 'bold';
  const font: TextStyle = {
    family: lettering.stack(look.font, text),
    weight: bold ? 800 : 600,
    size: Math.round(height * 0.52),
  };
  const width = measure(font);
  const padding = Math.round(height * 0.5);
  const lines = wrap(text, maxWidth - 2 * padding, MOST_LINES, width);
  const longest = Math.max(...lines.map(width));
  const lineHeight = Math.round(height * 0.72);
  const full = height + (lines.length - 1) * lineHeight;
  const { canvas, context } = newCanvas(Math.ceil(longest) + 2 * padding, full);
  const stroke = style === 'outline' ? Math.max(2, Math.round(height * 0.05)) : 0;
  context.beginPath();
  context.roundRect(stroke / 2, stroke / 2, canvas.width - stroke, full - stroke, cornerOf(look) * height);
  context.fillStyle =
    style === 'solid'
      ? look.colours.accent
      : withOpacity(look.colours.background, style === 'glass' ? 0.72 : 0.9);
  context.fill();
  if (stroke > 0) {
    context.strokeStyle = look.colours.accent;
    context.lineWidth = stroke;
    context.stroke();
  }
  context.fillStyle = look.colours.text;
  lines.forEach((line, index) => {
    const middle = height / 2 + index * lineHeight;
    drawLine(context, line, font, { left: padding, right: canvas.width - padding, middle, centred: true });
  });
  return canvas;
}
