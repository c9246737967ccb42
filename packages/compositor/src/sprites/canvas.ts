export type Context2D = OffscreenCanvasRenderingContext2D;

export function context2d(canvas: OffscreenCanvas, settings?: CanvasRenderingContext2DSettings): Context2D {
  const context = canvas.getContext('2d', settings);
  if (context === null) throw new Error('this browser gives no 2D canvas');
  return context;
}

export function newCanvas(width: number, height: number): { canvas: OffscreenCanvas; context: Context2D } {
  const canvas = new OffscreenCanvas(Math.max(1, Math.ceil(width)), Math.max(1, Math.ceil(height)));
  return { canvas, context: context2d(canvas) };
}

/** All its pixels: RGBA, colours not multiplied by alpha. */
export function imageOf(context: Context2D): ImageData {
  const { width, height } = context.canvas;
  return context.getImageData(0, 0, width, height);
}

/** A colour `#rrggbb` with an opacity 0..1. */
export function withOpacity(colour: string, opacity: number): string {
  return `${colour}${Math.round(opacity * 255)
    .toString(16)
    .padStart(2, '0')}`;
}
