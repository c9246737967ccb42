import { type CompositorStats, createCompositor, type SurfaceFacts } from '../src/index.ts';
import type { WantedSurface } from '../src/surfaces/choose-surface.ts';
import { cameraNo, compositionOf, PROGRAMME, seconds } from './support/composition.ts';

type Colour = readonly [red: number, green: number, blue: number];

interface Show {
  /** The middle of the left and right half of the programme's last picture. */
  readonly halves: readonly Colour[];
  /** Pictures that came, and how many of them were unlike the one before. */
  readonly pictures: number;
  readonly distinct: number;
  readonly size: { readonly width: number; readonly height: number };
  readonly failures: readonly string[];
  readonly stats: CompositorStats | null;
  readonly facts: SurfaceFacts | null;
}

declare global {
  interface Window {
    /** Composes two people of these colours side by side for so long; of the second nothing is left when `leaves`. */
    composeTracks(
      colours: readonly [Colour, Colour],
      surface: WantedSurface,
      seconds: number,
      leaves: boolean,
    ): Promise<Show>;
  }
}

function context2d(width: number, height: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no 2D canvas');
  return context;
}

/** A camera of one colour over whose top a line runs. */
function startCamera(colour: Colour): { readonly track: MediaStreamTrack; stop(): void } {
  const context = context2d(320, 180);
  let count = 0;
  const timer = setInterval(() => {
    count += 8;
    context.fillStyle = `rgb(${colour.join(' ')})`;
    context.fillRect(0, 0, 320, 180);
    context.fillStyle = 'white';
    context.fillRect(count % 320, 0, 8, 40);
  }, 1000 / PROGRAMME.fps);
  document.body.append(context.canvas);
  const [track] = context.canvas.captureStream().getVideoTracks();
  if (track === undefined) throw new Error('the canvas has no track');
  return {
    track,
    stop() {
      clearInterval(timer);
      track.stop();
    },
  };
}

/** Plays a track as a page does. */
async function watch(track: MediaStreamTrack) {
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  document.body.append(video);
  await video.play();
  const small = context2d(64, 36);
  let pictures = 0;
  let distinct = 0;
  let before = '';
  let stopped = false;
  const look = (): void => {
    if (stopped) return;
    small.drawImage(video, 0, 0, 64, 36);
    const now = String(small.getImageData(0, 0, 64, 36).data);
    pictures += 1;
    if (now !== before) distinct += 1;
    before = now;
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
  return {
    read() {
      const halves = [16, 48].map((x): Colour => {
        const [red = 0, green = 0, blue = 0] = small.getImageData(x, 20, 1, 1).data;
        return [red, green, blue];
      });
      const size = { width: video.videoWidth, height: video.videoHeight };
      return { pictures, distinct, halves, size };
    },
    stop() {
      stopped = true;
      video.remove();
    },
  };
}

window.composeTracks = async (colours, surface, lasting, leaves) => {
  const failures: string[] = [];
  let stats: CompositorStats | null = null;
  let facts: SurfaceFacts | null = null;
  const compositor = await createCompositor({
    composition: compositionOf(colours.length),
    surface,
    events: {
      onBoxes: () => undefined,
      onSurface: (next) => {
        facts = next;
      },
      onStats: (next) => {
        stats = next;
      },
      onFailure: ({ message }) => failures.push(message),
    },
  });
  const cameras = colours.map(startCamera);
  compositor.setSources(new Map(cameras.map(({ track }, n) => [cameraNo(n), track])));
  const watching = await watch(compositor.track);
  await seconds(lasting);
  if (leaves) {
    compositor.setSources(new Map(cameras.slice(0, 1).map(({ track }, n) => [cameraNo(n), track])));
    await seconds(2);
  }
  const show = { ...watching.read(), failures, stats, facts };
  watching.stop();
  compositor.close();
  for (const camera of cameras) camera.stop();
  return show;
};
