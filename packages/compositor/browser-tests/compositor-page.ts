import {
  type Composition,
  newStudioDocument,
  type PersonId,
  personIdSchema,
  type SourceId,
  sourceId,
} from '@streamus/studio';
import { type CompositorStats, createCompositor } from '../src/index.ts';

/** What a source's track does. */
type Manner = 'steady' | 'ends' | 'freezes' | 'fast' | 'changes-size';

interface Show {
  /** Pictures that the programme's track has given, and how many of them were unlike the one before. */
  readonly pictures: number;
  readonly distinct: number;
  readonly failures: readonly string[];
  readonly stats: CompositorStats | null;
}

declare global {
  interface Window {
    /** Composes `manners.length` people for so long. */
    compose(manners: readonly Manner[], seconds: number): Promise<Show>;
  }
}

const PROGRAMME = { width: 640, height: 360, fps: 15, videoBitrate: 900_000 };

const personNo = (n: number): PersonId =>
  personIdSchema.parse(`00000000-0000-4000-8000-${n.toString().padStart(12, '0')}`);
const cameraNo = (n: number): SourceId => sourceId('camera', personNo(n));

function compositionOf(people: number): Composition {
  const { programme, onAir } = newStudioDocument(PROGRAMME);
  const ids = Array.from({ length: people }, (_, n) => personNo(n));
  return {
    programme,
    people: Object.fromEntries(ids.map((id) => [id, { id, name: 'Somebody', role: 'guest' as const }])),
    air: { ...onAir, layout: 'grid', stage: ids.map((id) => sourceId('camera', id)) },
  };
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
function watch(track: MediaStreamTrack): { read(): { pictures: number; distinct: number }; stop(): void } {
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

const seconds = (count: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, count * 1000));

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
      onFailure: (reason) => failures.push(reason),
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
