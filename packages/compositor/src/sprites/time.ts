import { cornerOf } from './banner.ts';
import { newCanvas, withOpacity } from './canvas.ts';
import type { TimeSpec } from './sprite-spec.ts';
import { drawLine, type Lettering, measure, shorten, type TextStyle } from './text.ts';

/** Figures of one width each, so that a running clock does not dance, with a title above. */
export function rasteriseTime(spec: TimeSpec, lettering: Lettering): OffscreenCanvas {
  const { title, time, look, height, maxWidth } = spec;
  const figures: TextStyle = {
    family: lettering.stack(look.font, time),
    weight: 700,
    size: Math.round(height * 0.66),
  };
  const words: TextStyle = {
    family: lettering.stack(look.font, title),
    weight: 600,
    size: Math.round(height * 0.24),
  };
  const widthOf = measure(figures);
  const digit = Math.max(...Array.from('0123456789', widthOf));
  const letters = [...time];
  const advance = (letter: string): number => (/\d/.test(letter) ? digit : widthOf(letter));
  const timeWidth = letters.reduce((sum, letter) => sum + advance(letter), 0);
  const padding = Math.round(height * 0.3);
  const shown = shorten(title, maxWidth - 2 * padding, measure(words));
  const titleHeight = shown === '' ? 0 : Math.round(height * 0.34);
  const width = Math.max(timeWidth, measure(words)(shown)) + 2 * padding;
  const { canvas, context } = newCanvas(width, height + titleHeight);
  if (look.theme === 'minimal') {
    context.shadowColor = withOpacity(look.colours.background, 0.9);
    context.shadowBlur = Math.round(height * 0.1);
  } else {
    const bold = look.theme === 'bold';
    context.fillStyle = bold ? look.colours.accent : withOpacity(look.colours.background, 0.78);
    context.beginPath();
    context.roundRect(0, 0, canvas.width, canvas.height, cornerOf(look) * height);
    context.fill();
  }
  context.fillStyle = look.colours.text;
  const between = { left: padding, right: canvas.width - padding, centred: true };
  drawLine(context, shown, words, { ...between, middle: titleHeight * 0.72 });
  let x = (canvas.width - timeWidth) / 2;
  for (const letter of letters) {
    const middle = titleHeight + height / 2;
    drawLine(context, letter, figures, { left: x, right: x + advance(letter), middle, centred: true });
    x += advance(letter);
  }
  return canvas;
}
