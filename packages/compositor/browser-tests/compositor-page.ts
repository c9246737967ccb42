import { overlaySchema } from '@streamus/studio';
import { decoded } from '../goldens/frames.ts';
import { type CompositorStats, createCompositor } from '../src/index.ts';
import { cameraNo, compositionOf, personNo, seconds } from './support/composition.ts';

/** What a source's track does. */
type Manner = 'steady' | 'ends' | 'freezes' | 'fast' | 'changes-size';

/** Pictures that a track has given, and how many of them were unlike the one before. */
interface Watched {
  readonly pictures: number;
  readonly distinct: number;
}

interface Show extends Watched {
  readonly failures: readonly string[];
  readonly stats: CompositorStats | null;
}

interface Likeness {
  readonly width: number;
  readonly height: number;
  /** Levels, mean over all channels of a picture of 32 × 18. */
  readonly difference: number;
  /** Of the picture itself: 0 for one of a single colour. */
  readonly contrast: number;
  /** Levels: how far the last row and column are from the background, which is all there is. */
  readonly edge: number;
}

declare global {
  interface Window {
    /** Composes `manners.length` people for so long. */
    compose(manners: readonly Manner[], seconds: number): Promise<Show>;
    /** Composes nobody under a banner in this font; the same every time it is asked. */
    banner(font: string): Promise<Watched>;
    /** Two people who sit still: how unlike pictures of these widths, all asked for at once, are to the programme. */
    picture(widths: readonly number[]): Promise<readonly Likeness[]>;
  }
}

interface Source {
  readonly track: MediaStreamTrack;
  stop(): void;
}

/** A camera that shows a counter in grey, and behaves like that after its first second. */
function startCamera(manner: Manner): Source {
  const generator = new MediaStreamTrackGenerator({ kind: 'video' });
  const writer = generator.writable.getWriter();
  const canvas = new OffscreenCanvas(320, 180);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no 2D canvas');
  const startedMs = performance.now();
  let count = 0;
  const turn = (): void => {
    const ms = performance.now() - startedMs;
    if (manner === 'freezes' && ms > 1000) return;
    if (manner === 'ends' && ms > 1000) {
      clearInterval(timer);
      void writer.close();
      generator.stop();
      return;
    }
    count += 1;
    if (manner === 'changes-size') canvas.width = 2 + 2 * ((count * 37) % 300);
    context.fillStyle = `rgb(${count % 250} ${(count * 7) % 250} 90)`;
    context.fillRect(0, 0, canvas.width, canvas.height);
    const frame = new VideoFrame(canvas, { timestamp: Math.round(ms * 1000) });
    // A track that has ended takes no frames; whoever writes one keeps it.
    writer.write(frame).catch(() => frame.close());
  };
  const timer = setInterval(turn, manner === 'fast' ? 1000 / 240 : 1000 / 15);
  return {
    track: generator,
    stop() {
      clearInterval(timer);
      generator.stop();
    },
  };
}

/** Reads a track as an encoder does and counts what comes. */
function watch(track: MediaStreamTrack): { read(): Watched; stop(): void } {
  if (track.kind !== 'video') throw new Error('no picture');
  const { readable } = new MediaStreamTrackProcessor({ track: track as MediaStreamVideoTrack });
  const reader = readable.getReader();
  const probe = new OffscreenCanvas(32, 18).getContext('2d', { willReadFrequently: true });
  let pictures = 0;
  let distinct = 0;
  let before = '';
  async function run(): Promise<void> {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      probe?.drawImage(value, 0, 0, 32, 18);
      value.close();
      const now = String(probe?.getImageData(0, 0, 32, 18).data);
      pictures += 1;
      if (now !== before) distinct += 1;
      before = now;
    }
  }
  void run();
  return { read: () => ({ pictures, distinct }), stop: () => void reader.cancel() };
}

window.compose = async (manners, lasting) => {
  const failures: string[] = [];
  let stats: CompositorStats | null = null;
  const compositor = await createCompositor({
    composition: compositionOf(manners.length),
    surface: 'automatic',
    events: {
      onBoxes: () => undefined,
      onSurface: () => undefined,
      onStats: (next) => {
        stats = next;
      },
      onFailure: ({ message }) => failures.push(message),
    },
  });
  const cameras = manners.map(startCamera);
  compositor.setSources(new Map(cameras.map(({ track }, n) => [cameraNo(n), track])));
  const watching = watch(compositor.track);
  await seconds(lasting);
  const show = { ...watching.read(), failures, stats };
  watching.stop();
  compositor.close();
  for (const camera of cameras) camera.stop();
  return show;
};

let watching: ReturnType<typeof watch> | null = null;

async function watchBanner(font: string): Promise<ReturnType<typeof watch>> {
  const composition = compositionOf(0);
  const { air } = composition;
  const overlay = overlaySchema.parse({
    ...{ id: personNo(100), kind: 'banner', style: 'solid' },
    text: 'Letters that come late',
  });
  const nothing = (): void => undefined;
  const { track } = await createCompositor({
    composition: { ...composition, air: { ...air, brand: { ...air.brand, font }, overlays: [overlay] } },
    surface: 'canvas',
    events: { onBoxes: nothing, onSurface: nothing, onStats: nothing, onFailure: nothing },
  });
  return watch(track);
}

window.banner = async (font) => {
  watching ??= await watchBanner(font);
  return watching.read();
};

const still = (): VideoFrame => {
  const canvas = new OffscreenCanvas(320, 180);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no 2D canvas');
  [...'#2f6fb2 #e0c040 #b2472f #3c8f4a'.split(' ')].forEach((colour, n) => {
    context.fillStyle = colour;
    context.fillRect((n % 2) * 160, n > 1 ? 90 : 0, 160, 90);
  });
  return new VideoFrame(canvas, { timestamp: 0 });
};

/** A camera that gives the same picture again and again. */
function startStill(): Source {
  const generator = new MediaStreamTrackGenerator({ kind: 'video' });
  const writer = generator.writable.getWriter();
  const turn = (): void => {
    const frame = still();
    writer.write(frame).catch(() => frame.close());
  };
  const timer = setInterval(turn, 100);
  return {
    track: generator,
    stop() {
      clearInterval(timer);
      generator.stop();
    },
  };
}

/** Of a new studio, R G B A. */
const BACKGROUND = [0x12, 0x16, 0x1f, 255];

function edgeOf(picture: ImageBitmap): number {
  const { width, height } = picture;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (context === null) throw new Error('no 2D canvas');
  context.drawImage(picture, 0, 0);
  const last = [
    context.getImageData(0, height - 1, width, 1).data,
    context.getImageData(width - 1, 0, 1, height).data,
  ];
  return Math.max(
    ...last.flatMap((pixels) => [...pixels].map((value, at) => Math.abs(value - (BACKGROUND[at % 4] ?? 0)))),
  );
}

function smallPixels(picture: CanvasImageSource): readonly number[] {
  const context = new OffscreenCanvas(32, 18).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no 2D canvas');
  context.drawImage(picture, 0, 0, 32, 18);
  return [...context.getImageData(0, 0, 32, 18).data];
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The yellow quarter of a still picture is seen in both halves. */
function showsBoth(pixels: readonly number[]): boolean {
  const yellow = [false, false];
  for (let at = 0; at < pixels.length; at += 4) {
    const [red = 0, green = 0, blue = 0] = pixels.slice(at, at + 3);
    if (red > 180 && green > 150 && blue < 110) yellow[(at / 4) % 32 < 16 ? 0 : 1] = true;
  }
  return yellow.every(Boolean);
}

/** The pixels of the first picture of a track that shows two people. */
async function firstPicture(track: MediaStreamTrack): Promise<readonly number[]> {
  if (track.kind !== 'video') throw new Error('no picture');
  const { readable } = new MediaStreamTrackProcessor({ track: track as MediaStreamVideoTrack });
  const reader = readable.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) throw new Error('the programme ended');
      // Drawn as it is, a frame has colours of the browser's own.
      const pixels = smallPixels(await decoded(value));
      if (showsBoth(pixels)) return pixels;
    }
  } finally {
    void reader.cancel();
  }
}

window.picture = async (widths) => {
  const composition = compositionOf(2);
  const nothing = (): void => undefined;
  const compositor = await createCompositor({
    composition,
    surface: 'automatic',
    events: { onBoxes: nothing, onSurface: nothing, onStats: nothing, onFailure: nothing },
  });
  const cameras = [startStill(), startStill()];
  try {
    compositor.setSources(new Map(cameras.map(({ track }, n) => [cameraNo(n), track])));
    const programme = await firstPicture(compositor.track);
    const pictures = await Promise.all(widths.map((width) => compositor.picture(composition, width)));
    return pictures.map((picture) => {
      const { width, height } = picture;
      const pixels = smallPixels(picture);
      const edge = edgeOf(picture);
      picture.close();
      const difference = mean(pixels.map((value, at) => Math.abs(value - (programme[at] ?? 0))));
      const contrast = mean(pixels.map((value) => Math.abs(value - mean(pixels))));
      return { width, height, difference, contrast, edge };
    });
  } finally {
    compositor.close();
    for (const camera of cameras) camera.stop();
  }
};
