import type { Size } from '../../draw-item.ts';
import { programmeFrame } from '../programme-frame.ts';
import { newProgram, newTarget, type Target } from './gl.ts';
import { PLANES_FRAGMENT, PLANES_VERTEX } from './shaders.ts';

/** Turns what was painted into the encoder's own format on the graphics card and reads it back. */
export interface Planes {
  /** Makes the planes of `picture`; they are in memory when this returns. */
  read(picture: Target): void;
  /** What was read last. */
  frame(timestampUs: number, durationUs: number): VideoFrame;
}

/**
 * A canvas reaches the encoder with limited pixels and a full-range tag (media.md 4.5); planes carry the tags they are
 * given. They are also 2.7 times fewer bytes to read than the picture.
 */
export function createPlanes(gl: WebGL2RenderingContext, size: Size): Planes {
  const { width, height } = size;
  const { program, uniform } = newProgram(gl, PLANES_VERTEX, PLANES_FRAGMENT);
  /** Bytes of a line of Y: two lines of U must fill it, in whole pixels of four bytes. */
  const stride = 8 * Math.ceil(width / 8);
  const chromaRows = Math.ceil(Math.ceil(height / 2) / 2);
  const packed = newTarget(gl, { width: stride / 4, height: height + 2 * chromaRows });
  const bytes = new Uint8Array(stride * packed.size.height);
  const chroma = { width: Math.ceil(width / 2), height: Math.ceil(height / 2), stride: stride / 2 };
  const layout = [
    { offset: 0, stride, width, height },
    { offset: stride * height, ...chroma },
    { offset: stride * (height + chromaRows), ...chroma },
  ];
  const tight = bytes.subarray(0, width * height + 2 * chroma.width * chroma.height);

  function moveTogether(): void {
    let to = 0;
    for (const plane of layout) {
      for (let row = 0; row < plane.height; row += 1) {
        const from = plane.offset + row * plane.stride;
        if (to !== from) bytes.copyWithin(to, from, from + plane.width);
        to += plane.width;
      }
    }
  }

  return {
    read(picture) {
      gl.useProgram(program);
      gl.bindFramebuffer(gl.FRAMEBUFFER, packed.buffer);
      gl.viewport(0, 0, packed.size.width, packed.size.height);
      gl.disable(gl.SCISSOR_TEST);
      gl.disable(gl.BLEND);
      gl.bindTexture(gl.TEXTURE_2D, picture.texture);
      gl.uniform2i(uniform('size'), width, height);
      gl.uniform3i(uniform('rows'), stride / 4, height, chromaRows);
      gl.drawArrays(gl.TRIANGLES, 0, 3);
      gl.readPixels(0, 0, packed.size.width, packed.size.height, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
      moveTogether();
    },
    frame: (timestamp, duration) => programmeFrame(tight, size, timestamp, duration),
  };
}
