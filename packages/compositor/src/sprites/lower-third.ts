import { isRightToLeft } from '../right-to-left.ts';
import { cornerOf } from './banner.ts';
import { fillBar } from './bar.ts';
import { newCanvas, withOpacity } from './canvas.ts';
import type { LowerThirdSpec } from './sprite-spec.ts';
import { drawLine, type Lettering, measure, shorten, type TextStyle } from './text.ts';

/** A title with an optional line below it, beside a bar in the accent colour. */
export function rasteriseLowerThird(spec: LowerThirdSpec, lettering: Lettering): OffscreenCanvas {
  const { title, subtitle, look, height, maxWidth } = spec;
  const { theme, colours } = look;
  const family = (text: string): string => lettering.stack(look.font, text);
  const big: TextStyle = { family: family(title), weight: 700, size: Math.round(height * 0.62) };
  const small: TextStyle = { family: family(subtitle), weight: 500, size: Math.round(height * 0.42) };
  const bar = theme === 'plain' || theme === 'minimal' ? Math.max(3, Math.round(height * 0.12)) : 0;
  const padding = Math.round(height * 0.42);
  const room = maxWidth - bar - 2 * padding;
  const first = shorten(title, room, measure(big));
  const second = shorten(subtitle, room, measure(small));
  const longest = Math.max(measure(big)(first), measure(small)(second));
  const secondHeight = second === '' ? 0 : Math.round(height * 0.66);
  const full = Math.round(height * 1.15) + secondHeight;
  const { canvas, context } = newCanvas(Math.ceil(longest) + bar + 2 * padding, full);
  const rightToLeft = isRightToLeft(title);
  context.save();
  context.beginPath();
  context.roundRect(0, 0, canvas.width, full, cornerOf(look) * height);
  context.clip();
  if (theme !== 'minimal') {
    context.fillStyle = theme === 'bold' ? colours.accent : withOpacity(colours.background, 0.86);
    context.fillRect(0, 0, canvas.width, full);
  }
  if (theme === 'bold' && secondHeight > 0) {
    context.fillStyle = colours.background;
    context.fillRect(0, full - secondHeight, canvas.width, secondHeight);
  }
  if (bar > 0) {
    context.fillStyle = colours.accent;
    fillBar(context, { width: bar, inset: theme === 'minimal' ? 0 : Math.round(height * 0.2), rightToLeft });
  }
  context.restore();
  if (theme === 'minimal') {
    context.shadowColor = withOpacity(colours.background, 0.9);
    context.shadowBlur = Math.round(height * 0.16);
  }
  const [left, right] = rightToLeft
    ? [padding, canvas.width - bar - padding]
    : [bar + padding, canvas.width - padding];
  context.fillStyle = colours.text;
  drawLine(context, first, big, { left, right, middle: height * 0.575 });
  drawLine(context, second, small, { left, right, middle: full - secondHeight * 0.53 });
  return canvas;
}
