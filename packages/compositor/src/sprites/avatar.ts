import { newCanvas } from './canvas.ts';
import type { AvatarSpec } from './sprite-spec.ts';
import { cssFont, type Lettering } from './text.ts';

export function rasteriseAvatar(
  { initials, colour, size }: AvatarSpec,
  lettering: Lettering,
): OffscreenCanvas {
  const { canvas, context } = newCanvas(size, size);
  context.fillStyle = colour;
  context.beginPath();
  context.arc(size / 2, size / 2, size / 2, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = '#ffffff';
  context.font = cssFont({
    family: lettering.stack('system', initials),
    weight: 600,
    size: Math.round(size * 0.4),
  });
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  const { actualBoundingBoxAscent: ascent, actualBoundingBoxDescent: descent } =
    context.measureText(initials);
  context.fillText(initials, size / 2, size / 2 + (ascent - descent) / 2);
  return canvas;
}
