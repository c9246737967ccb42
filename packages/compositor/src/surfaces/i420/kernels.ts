import { KERNELS } from './kernels-code.ts';

/** 256 MiB: a 4K programme with ten 1080p people, a transition and full-screen overlays stays below. */
const MOST_PAGES = 4096;
const FIRST_PAGES = 16;

export const createI420Memory = (): WebAssembly.Memory =>
  new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: MOST_PAGES });

type Numbers = readonly number[];

/** The compiled kernels (`kernels/`): what each does is said there. All arguments are addresses, sizes and figures. */
export interface Kernels {
  copyPlane(...of: Numbers): void;
  fillPlane(...of: Numbers): void;
  halvePlane(...of: Numbers): void;
  mixPlane(...of: Numbers): void;
  tintPlane(...of: Numbers): void;
  turnPlane(...of: Numbers): void;
  splitPlane(...of: Numbers): void;
  scalePlane(...of: Numbers): void;
  scratchFor(dstWidth: number, srcWidth: number): number;
  convertColours(...of: Numbers): void;
  rgbToPlanes(...of: Numbers): void;
  rgbaToOverlay(...of: Numbers): number;
  layLuma(...of: Numbers): void;
  layChroma(...of: Numbers): void;
  maskLuma(...of: Numbers): void;
  maskChroma(...of: Numbers): void;
}

const NAMES = [
  'copyPlane',
  'fillPlane',
  'halvePlane',
  'mixPlane',
  'tintPlane',
  'turnPlane',
  'splitPlane',
  'scalePlane',
  'scratchFor',
  'convertColours',
  'rgbToPlanes',
  'rgbaToOverlay',
  'layLuma',
  'layChroma',
  'maskLuma',
  'maskChroma',
] as const satisfies readonly (keyof Kernels)[];

function areKernels(exports: WebAssembly.Exports): exports is WebAssembly.Exports & Kernels {
  return NAMES.every((name) => typeof exports[name] === 'function');
}

/** Rejects with the reason where WebAssembly, its vectors or compiling at all is not to be had. */
export async function createKernels(memory: WebAssembly.Memory, code = KERNELS): Promise<Kernels> {
  const bytes = Uint8Array.from(atob(code), (letter) => letter.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  const { exports } = instance;
  if (!areKernels(exports)) throw new TypeError('the compiled kernels are not those of this painter');
  return exports;
}
