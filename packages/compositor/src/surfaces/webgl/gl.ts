import type { Size } from '../../draw-item.ts';
import { SurfaceFailure } from '../surface-failure.ts';

/** A picture on the graphics card. */
export interface Bitmap {
  readonly texture: WebGLTexture;
}

/** A bitmap that can be painted on. */
export interface Target extends Bitmap {
  readonly buffer: WebGLFramebuffer;
  readonly size: Size;
}

/** Made null once its context is lost: the caller finds out when it asks for the error. */
function made<T>(thing: T | null, what: string): T {
  if (thing === null) throw new SurfaceFailure('context-lost', `no ${what}`);
  return thing;
}

export function newTexture(gl: WebGL2RenderingContext): WebGLTexture {
  const texture = made(gl.createTexture(), 'texture');
  gl.bindTexture(gl.TEXTURE_2D, texture);
  for (const [name, value] of [
    [gl.TEXTURE_MIN_FILTER, gl.LINEAR],
    [gl.TEXTURE_MAG_FILTER, gl.LINEAR],
    [gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE],
    [gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE],
  ] as const) {
    gl.texParameteri(gl.TEXTURE_2D, name, value);
  }
  return texture;
}

export function newTarget(gl: WebGL2RenderingContext, size: Size): Target {
  const texture = newTexture(gl);
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, size.width, size.height);
  const buffer = made(gl.createFramebuffer(), 'frame buffer');
  gl.bindFramebuffer(gl.FRAMEBUFFER, buffer);
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
  return { texture, buffer, size };
}

function newShader(gl: WebGL2RenderingContext, type: GLenum, source: string): WebGLShader {
  const shader = made(gl.createShader(type), 'shader');
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  return shader;
}

export interface Program {
  readonly program: WebGLProgram;
  uniform(name: string): WebGLUniformLocation | null;
}

export function newProgram(gl: WebGL2RenderingContext, vertex: string, fragment: string): Program {
  const program = made(gl.createProgram(), 'program');
  const shaders = [newShader(gl, gl.VERTEX_SHADER, vertex), newShader(gl, gl.FRAGMENT_SHADER, fragment)];
  for (const shader of shaders) gl.attachShader(program, shader);
  gl.linkProgram(program);
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true) {
    const log = [gl.getProgramInfoLog(program), ...shaders.map((shader) => gl.getShaderInfoLog(shader))];
    throw new SurfaceFailure('unavailable', `no program: ${log.join(' ')}`);
  }
  for (const shader of shaders) gl.deleteShader(shader);
  const known = new Map<string, WebGLUniformLocation | null>();
  return {
    program,
    uniform(name) {
      const place = known.get(name);
      if (place !== undefined) return place;
      const found = gl.getUniformLocation(program, name);
      known.set(name, found);
      return found;
    },
  };
}
