import type { DrawItem } from '@streamus/compositor/draw-item';
import { createCanvasSurface } from '@streamus/compositor/surfaces/canvas-surface';
import { createI420Surface } from '@streamus/compositor/surfaces/i420/i420-surface';
import type { CreateSurface, Pixels, Surface, SurfaceKind } from '@streamus/compositor/surfaces/surface';
import { createWebglSurface } from '@streamus/compositor/surfaces/webgl/webgl-surface';
import { personIdSchema, type SourceId, sourceId } from '@streamus/studio';
import { columnsOf, type PainterCase, tileOf } from './cases.ts';

const creators: Readonly<Record<SurfaceKind, CreateSurface>> = {
  canvas: createCanvasSurface,
  i420: createI420Surface,
  // A graphics card; one that the processor plays is no surface of its own.
  webgl2: async (size) => createWebglSurface(size, false),
};

/** Different pictures of one source: the same bytes again would be in the cache. */
const PICTURES = 3;
const WHOLE = { left: 0, top: 0, right: 0, bottom: 0 };

const sources: readonly SourceId[] = Array.from({ length: 10 }, (_, n) =>
  sourceId('camera', personIdSchema.parse(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`)),
);

const MATRIX = { bt601: 'smpte170m', bt709: 'bt709' } as const;

/** As decoders deliver cameras: I420 in memory. */
function cameraFrame({ source: { width, height }, colours }: PainterCase, seed: number): VideoFrame {
  const matrix = MATRIX[colours];
  const bytes = new Uint8Array((width * height * 3) / 2);
  let state = seed + 1;
  for (let n = 0; n < bytes.length; n += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    // A room with a little noise, which moves: pure noise would measure the encoder's despair.
    const [x, y] = [n % width, Math.floor(n / width)];
    bytes[n] = 80 + (((x + 2 * y + 8 * seed) >> 4) % 96) + (state >>> 30);
  }
  return new VideoFrame(bytes, {
    format: 'I420',
    codedWidth: width,
    codedHeight: height,
    timestamp: 0,
    colorSpace: { matrix, primaries: matrix, transfer: matrix, fullRange: false },
  });
}

function itemsOf(given: PainterCase): readonly DrawItem[] {
  const { tiles, dressed } = given;
  const tile = tileOf(given);
  const boxes = sources.slice(0, tiles).map((source, n) => ({
    source,
    x: (n % columnsOf(tiles)) * tile.width,
    y: Math.floor(n / columnsOf(tiles)) * tile.height,
    ...tile,
  }));
  return [
    { kind: 'fill', colour: '#101418' },
    ...boxes.flatMap(({ source, x, y, width, height }): DrawItem[] => [
      {
        kind: 'picture',
        source,
        box: { x, y, width, height },
        fit: 'cover',
        crop: WHOLE,
        radius: dressed ? 16 : 0,
        border: dressed ? { width: 4, colour: '#ffd08a' } : null,
        avatar: null,
      },
      ...(dressed ? [nameAt(x, y + height)] : []),
    ]),
  ];
}

function nameAt(x: number, y: number): DrawItem {
  const sprite = { kind: 'avatar', initials: 'AB', colour: '#3f5bd9', size: 40 } as const;
  return {
    kind: 'sprite',
    sprite,
    slot: 'name',
    anchor: 'left',
    x: x + 11,
    y: y - 11,
    opacity: 1,
    reveal: 1,
    shift: 0,
  };
}

interface Scene {
  readonly surface: Surface;
  paint(turn: number): Promise<VideoFrame>;
  close(): void;
}

async function prepare(kind: SurfaceKind, given: PainterCase): Promise<Scene | null> {
  const surface = await creators[kind](given.programme).catch(() => null);
  if (surface === null) return null;
  const frames = sources
    .slice(0, given.tiles)
    .map((_, n) => Array.from({ length: PICTURES }, (__, p) => cameraFrame(given, n * PICTURES + p)));
  const name = new OffscreenCanvas(180, 36);
  const context = name.getContext('2d');
  if (context === null) throw new Error('no 2D canvas');
  context.fillStyle = 'rgb(16 20 24 / 0.84)';
  context.fillRect(0, 0, 180, 36);
  const { width, height } = name;
  const sprite = { width, height, wholeWidth: width, bitmap: name, overlay: null };
  const items = itemsOf(given);
  return {
    surface,
    async paint(turn) {
      const pixels: Pixels = {
        frame: (source) => frames[sources.indexOf(source)]?.[turn % PICTURES],
        sprite: () => sprite,
        tickerWidth: () => name.width,
      };
      await surface.paint(items, pixels);
      return surface.snapshot(turn * 33_333, 33_333);
    },
    close() {
      surface.close();
      for (const frame of frames.flat()) frame.close();
    },
  };
}

const nextTask = (): Promise<void> => new Promise((wake) => setTimeout(wake, 0));
const WARM_UP = 8;

/** Milliseconds of each painting, the frame handed out included; null: this browser has no such surface. */
async function paintTimes(kind: SurfaceKind, given: PainterCase, mostMs: number): Promise<number[] | null> {
  const scene = await prepare(kind, given);
  if (scene === null) return null;
  const times: number[] = [];
  const ends = performance.now() + mostMs;
  for (let turn = 0; turn < WARM_UP + 150; turn += 1) {
    await nextTask();
    const began = performance.now();
    await finished(await scene.paint(turn));
    if (turn >= WARM_UP) times.push(performance.now() - began);
    if (performance.now() > ends && times.length >= 10) break;
  }
  scene.close();
  return times;
}

/** A graphics card has painted once a pixel can be read. Closes the frame. */
async function finished(frame: VideoFrame): Promise<void> {
  const rect = { x: 0, y: 0, width: 2, height: 2 };
  if (frame.format !== null) await frame.copyTo(new Uint8Array(frame.allocationSize({ rect })), { rect });
  frame.close();
}

interface ChainResult {
  readonly fps: number;
  /** Longest time between two encoded frames, ms. */
  readonly longestMs: number;
}

/** Painted on absolute deadlines at 30 fps into an H.264 encoder, for so many seconds. */
async function chain(kind: SurfaceKind, given: PainterCase, seconds: number): Promise<ChainResult | null> {
  const scene = await prepare(kind, given);
  if (scene === null) return null;
  const encoded: number[] = [];
  const encoder = new VideoEncoder({
    output: () => encoded.push(performance.now()),
    error: (error) => {
      throw error;
    },
  });
  const { width, height } = given.programme;
  encoder.configure({
    codec: 'avc1.42e028',
    width,
    height,
    bitrate: 6_000_000,
    framerate: 30,
    latencyMode: 'realtime',
  });
  const began = performance.now();
  for (let turn = 0; turn < seconds * 30; turn += 1) {
    await new Promise((wake) =>
      setTimeout(wake, Math.max(0, began + (turn * 1000) / 30 - performance.now())),
    );
    if (performance.now() > began + seconds * 1000) break;
    const frame = await scene.paint(turn);
    // What a live encoder does not take in time is lost.
    if (encoder.encodeQueueSize < 3) encoder.encode(frame, { keyFrame: turn % 60 === 0 });
    frame.close();
  }
  const took = performance.now() - began;
  await encoder.flush();
  encoder.close();
  scene.close();
  const gaps = encoded.slice(1).map((at, n) => at - (encoded[n] ?? at));
  return { fps: (encoded.length * 1000) / took, longestMs: Math.max(...gaps) };
}

declare global {
  interface Window {
    painterBench: { paintTimes: typeof paintTimes; chain: typeof chain };
  }
}

window.painterBench = { paintTimes, chain };
