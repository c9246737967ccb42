import { isRightToLeft } from '../right-to-left.ts';
import { fillBar } from './bar.ts';
import { newCanvas, withOpacity } from './canvas.ts';
import type { NameTagSpec } from './sprite-spec.ts';
import { drawLine, type Lettering, measure, shorten, type TextStyle } from './text.ts';

/** A name on a plate with a bar, on a pill in the accent colour, or above a line. */
export function rasteriseNameTag(spec: NameTagSpec, lettering: Lettering): OffscreenCanvas {
  const { text, look, height, maxWidth, style } = spec;
  const font: TextStyle = {
    family: lettering.stack(look.font, text),
    weight: 600,
    size: Math.round(height * 0.56),
  };
  const width = measure(font);
  const bar = style === 'plate' ? Math.max(2, Math.round(height * 0.13)) : 0;
  const padding = Math.round(height * (style === 'line' ? 0.1 : 0.42));
  const shown = shorten(text, maxWidth - bar - 2 * padding, width);
  const { canvas, context } = newCanvas(Math.ceil(width(shown)) + bar + 2 * padding, height);
  const rightToLeft = isRightToLeft(text);
  const { accent, background, text: letters } = look.colours;
  switch (style) {
    case 'plate':
      context.beginPath();
      context.roundRect(0, 0, canvas.width, height, Math.round(height * 0.24));
      context.fillStyle = withOpacity(background, 0.84);
      context.fill();
      context.fillStyle = accent;
      fillBar(context, { width: bar, inset: Math.round(height * 0.2), rightToLeft });
      break;
    case 'pill':
      context.fillStyle = accent;
      context.beginPath();
      context.roundRect(0, 0, canvas.width, height, height / 2);
      context.fill();
      break;
    case 'line': {
      const line = Math.max(2, Math.round(height * 0.07));
      context.fillStyle = accent;
      context.fillRect(0, height - line, canvas.width, line);
      context.shadowColor = withOpacity(background, 0.9);
      context.shadowBlur = Math.round(height * 0.16);
    }
  }
  context.fillStyle = letters;
  const [left, right] = rightToLeft
    ? [padding, canvas.width - bar - padding]
    : [bar + padding, canvas.width - padding];
  drawLine(context, shown, font, { left, right, middle: height / 2 });
  return canvas;
}
