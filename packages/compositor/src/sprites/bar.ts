import type { Context2D } from './canvas.ts';

/** An upright bar where reading begins, inside its plate: at the edge it would cut the round corners square. */
export function fillBar(
  context: Context2D,
  { width, inset, rightToLeft }: { width: number; inset: number; rightToLeft: boolean },
): void {
  const { canvas } = context;
  const x = rightToLeft ? canvas.width - inset - width : inset;
  context.beginPath();
  context.roundRect(x, inset, width, canvas.height - 2 * inset, width / 2);
  context.fill();
}
