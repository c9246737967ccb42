import { newCanvas } from './canvas.ts';
import type { TickerSpec } from './sprite-spec.ts';
import { drawLine, type Lettering, measure, type TextStyle } from './text.ts';

export function rasteriseTicker({ text, look, height }: TickerSpec, lettering: Lettering): OffscreenCanvas {
  const weight = look.theme === 'bold' ? 800 : 600;
  const font: TextStyle = {
    family: lettering.stack(look.font, text),
    weight,
    size: Math.round(height * 0.54),
  };
  const { canvas, context } = newCanvas(measure(font)(text), height);
  context.fillStyle = look.colours.text;
  drawLine(context, text, font, { left: 0, right: canvas.width, middle: height / 2 });
  return canvas;
}
