import type { Rect } from '@streamus/studio';
import { type Bitmap, newProgram, newTexture, type Target } from './gl.ts';
import { BOX_FRAGMENT, BOX_VERTEX } from './shaders.ts';

/** What fills an area. */
export type Ink =
  | { readonly kind: 'colour'; readonly colour: string }
  /** The part `from` of a bitmap whose whole is `of`, in its pixels; `upsideDown`: its first row is its lowest. */
  | {
      readonly kind: 'bitmap';
      readonly bitmap: Bitmap;
      readonly of: { readonly width: number; readonly height: number };
      readonly from: Rect;
      readonly upsideDown?: boolean;
    };

export interface Round extends Rect {
  readonly radius: number;
}

/** Lengths in programme pixels. */
export interface Stroke {
  readonly ink: Ink;
  /** Where the whole ink lies. Filled to the nearest whole pixels: pictures have sharp edges. */
  readonly area: Rect;
  readonly opacity?: number;
  /** Only what is inside is painted. */
  readonly mask?: Round;
  /** What is inside is left out. */
  readonly hole?: Round;
}

/** Where strokes go: moved by (`x`, `y`), and only inside `clip`. */
export interface Canvas {
  readonly target: Target;
  readonly x: number;
  readonly y: number;
  readonly clip: Rect | null;
}

export interface BoxBrush {
  paint(on: Canvas, stroke: Stroke): void;
}

export function createBoxBrush(gl: WebGL2RenderingContext): BoxBrush {
  const { program, uniform } = newProgram(gl, BOX_VERTEX, BOX_FRAGMENT);
  const blank = newTexture(gl);
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, 1, 1);
  const rect = (name: string, { x, y, width, height }: Rect): void =>
    gl.uniform4f(uniform(name), x, y, width, height);

  function dip(ink: Ink, area: Rect): void {
    gl.uniform1i(uniform('painted'), ink.kind === 'bitmap' ? 1 : 0);
    if (ink.kind === 'colour') {
      // A picture that is bound while it is painted on is an error, though nothing reads it.
      gl.bindTexture(gl.TEXTURE_2D, blank);
      gl.uniform4f(uniform('colour'), ...rgbOf(ink.colour), 1);
      return;
    }
    const { bitmap, of, from, upsideDown = false } = ink;
    gl.bindTexture(gl.TEXTURE_2D, bitmap.texture);
    gl.uniform2i(
      uniform('samples'),
      samplesFor(from.width / area.width),
      samplesFor(from.height / area.height),
    );
    const [left, width] = [from.x / of.width, from.width / of.width];
    const [top, height] = [from.y / of.height, from.height / of.height];
    // Nothing beside the part may shine in at its edges.
    const [x, y] = [Math.min(0.5 / of.width, width / 2), Math.min(0.5 / of.height, height / 2)];
    if (upsideDown) {
      gl.uniform4f(uniform('part'), left, 1 - top, width, -height);
      gl.uniform4f(uniform('inside'), left + x, 1 - top - height + y, left + width - x, 1 - top - y);
    } else {
      gl.uniform4f(uniform('part'), left, top, width, height);
      gl.uniform4f(uniform('inside'), left + x, top + y, left + width - x, top + height - y);
    }
  }

  function within({ target, clip }: Canvas): void {
    if (clip === null) {
      gl.disable(gl.SCISSOR_TEST);
      return;
    }
    gl.enable(gl.SCISSOR_TEST);
    const { x, y, width, height } = wholePixels(clip);
    gl.scissor(x, target.size.height - y - height, Math.max(0, width), Math.max(0, height));
  }

  return {
    paint(on, { ink, area, opacity = 1, mask, hole }) {
      const pixels = wholePixels(area);
      if (pixels.width <= 0 || pixels.height <= 0 || opacity <= 0) return;
      gl.useProgram(program);
      gl.bindFramebuffer(gl.FRAMEBUFFER, on.target.buffer);
      gl.viewport(0, 0, on.target.size.width, on.target.size.height);
      within(on);
      dip(ink, area);
      rect('area', area);
      rect('pixels', pixels);
      gl.uniform2f(uniform('offset'), on.x, on.y);
      gl.uniform2f(uniform('size'), on.target.size.width, on.target.size.height);
      gl.uniform1f(uniform('opacity'), opacity);
      rect('mask', mask ?? pixels);
      gl.uniform1f(uniform('radius'), mask?.radius ?? 0);
      rect('hole', hole ?? { x: 0, y: 0, width: 0, height: 0 });
      gl.uniform1f(uniform('holeRadius'), hole?.radius ?? 0);
      gl.enable(gl.BLEND);
      gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
      gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    },
  };
}

function wholePixels({ x, y, width, height }: Rect): Rect {
  const [left, top] = [Math.round(x), Math.round(y)];
  return { x: left, y: top, width: Math.round(x + width) - left, height: Math.round(y + height) - top };
}

/** A sample mixes two texels in a row: more are needed where a pixel shows more of them. */
const MOST_SAMPLES = 8;
const samplesFor = (texelsPerPixel: number): number =>
  Math.min(MOST_SAMPLES, Math.max(1, Math.ceil(texelsPerPixel / 2)));

/** `#rrggbb` (studio's `colourSchema`) as shares of one. */
function rgbOf(colour: string): [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}
