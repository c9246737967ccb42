import type { Size } from '../../draw-item.ts';
import type { Planes } from './planes.ts';

/** BT.709, limited range (ITU-R BT.709-6, 3.2 and 3.3), to 0..255. */
const LUMA = 255 / 219;
const RED_V = (1.5748 * 255) / 224;
const GREEN_U = (0.1873 * 255) / 224;
const GREEN_V = (0.4681 * 255) / 224;
const BLUE_U = (1.8556 * 255) / 224;

/** Opaque pixels of the upper left part of BT.709 limited planes in `memory`, row by row, R G B A; for small pictures. */
export function rgbaOfPlanes(
  memory: Uint8Array,
  { y, u, v }: Planes,
  { width, height }: Size,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * width * height);
  const sample = (at: number): number => memory[at] ?? 0;
  let out = 0;
  for (let row = 0; row < height; row += 1) {
    const luma = y.at + row * y.stride;
    const chroma = (row >> 1) * u.stride;
    for (let column = 0; column < width; column += 1) {
      const grey = LUMA * (sample(luma + column) - 16);
      const blue = sample(u.at + chroma + (column >> 1)) - 128;
      const red = sample(v.at + chroma + (column >> 1)) - 128;
      pixels[out] = grey + RED_V * red;
      pixels[out + 1] = grey - GREEN_U * blue - GREEN_V * red;
      pixels[out + 2] = grey + BLUE_U * blue;
      pixels[out + 3] = 255;
      out += 4;
    }
  }
  return pixels;
}
