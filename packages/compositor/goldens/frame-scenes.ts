import { type FrameLook, type Scene, scene, WIDE, withCamera } from './scene.ts';

const PLAIN: FrameLook = {
  format: 'I420',
  matrix: 'bt709',
  fullRange: false,
  rotation: 0,
  flip: false,
  margin: { x: 0, y: 0 },
};

/** A grid whose cameras deliver frames of this kind. */
function framed(look: Partial<FrameLook>, size = WIDE): Scene {
  const given = scene('grid', 2);
  const cameras = [0, 1].reduce((all, n) => withCamera(all, n, size), given);
  return { ...cameras, frames: { ...PLAIN, ...look } };
}

/** Every kind of frame that cameras and decoders deliver. */
export const frameScenes: Readonly<Record<string, Scene>> = {
  'frames-709': framed({}),
  'frames-601': framed({ matrix: 'smpte170m' }),
  'frames-untagged': framed({ matrix: null }),
  'frames-full-range': framed({ fullRange: true }),
  'frames-601-full-range': framed({ matrix: 'smpte170m', fullRange: true }),
  'frames-nv12': framed({ format: 'NV12' }),
  'frames-odd': framed({}, { width: 321, height: 181 }),
  'frames-nv12-odd': framed({ format: 'NV12' }, { width: 321, height: 181 }),
  'frames-margin': framed({ margin: { x: 16, y: 10 } }),
  'frames-turned-90': framed({ rotation: 90 }),
  'frames-turned-180': framed({ rotation: 180 }),
  'frames-turned-270': framed({ rotation: 270, format: 'NV12' }),
  'frames-mirrored': framed({ flip: true }),
  'frames-mirrored-turned-90': framed({ flip: true, rotation: 90 }),
  'frames-large': framed({}, { width: 2560, height: 1440 }),
};
