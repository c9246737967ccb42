import type { AssetId, Box, Composition, Programme, SourceId } from '@streamus/studio';
import type { LoadedImage } from './draw-item.ts';
import { type FramePath, openFramePath, type PathOutput } from './frame-paths/frame-path.ts';
import type {
  CompositorFailure,
  CompositorStats,
  FromWorker,
  SourcePresence,
  SurfaceFacts,
  ToWorker,
  WantedSurface,
} from './protocol.ts';
import { startSpriteWorker } from './sprites/start-sprite-worker.ts';

export interface CompositorEvents {
  /** Where sources are drawn: for asking the room for pictures of the right size. */
  onBoxes(boxes: readonly Box[], programme: Programme): void;
  onStats(stats: CompositorStats): void;
  onSurface(facts: SurfaceFacts): void;
  onFailure(failure: CompositorFailure): void;
}

/** Paints compositions in a worker: pictures when they are asked for, and no programme. */
export interface PicturePainter {
  /** What is drawn from now on; images that are `ready` are kept though nothing shows them now. */
  setComposition(composition: Composition, ready: readonly AssetId[]): void;
  /**
   * Everything that people in the room offer now; cheap to call with what is set already. A source with a track shows its frames, one with null an avatar;
   * one that is not in the map is absent. Tracks stay the caller's.
   */
  setSources(tracks: ReadonlyMap<SourceId, MediaStreamTrack | null>): void;
  setImage(asset: AssetId, image: LoadedImage): void;
  /** Whoever speaks now, for scenes that follow it. */
  setSpeaker(speaker: SourceId | null): void;
  /**
   * How far the clock that countdowns and clocks go by is ahead of this machine's (`performance.timeOrigin` and on); cheap
   * to call with what is set already.
   */
  setClock(aheadMs: number): void;
  /** Any composition as it would look now, `width` pixels wide; for thumbnails and previews. The caller closes it. */
  picture(composition: Composition, width: number): Promise<ImageBitmap>;
  close(): void;
}

/** Composes the programme besides; `track` shows it from the first moment on. */
export interface Compositor extends PicturePainter {
  readonly track: MediaStreamTrack;
  /** Which surface paints from now on. */
  setSurface(wanted: WantedSurface): void;
  /** Frames per second painted from now on, never more than the programme's; what the machine can do. */
  setRate(fps: number): void;
}

export interface PainterOptions {
  readonly composition: Composition;
  readonly surface: WantedSurface;
  readonly events: CompositorEvents;
}

/** Done when there is a track; rejects when there will be none. */
export async function createCompositor(options: PainterOptions): Promise<Compositor> {
  const { events } = options;
  let end: ((failure: CompositorFailure) => void) | null = null;
  const ended = new Promise<never>((_, reject) => {
    end = ({ message }) => reject(new Error(message));
  });
  const onFailure = (failure: CompositorFailure): void => {
    if (failure.kind === 'ended') end?.(failure);
    events.onFailure(failure);
  };
  const { output, ...painter } = paintInWorker({ ...options, events: { ...events, onFailure } }, (path) =>
    path.createOutput(),
  );
  try {
    return { ...painter, track: await Promise.race([output.track, ended]) };
  } catch (error) {
    painter.close();
    throw error;
  } finally {
    // From now on whoever has the compositor is told.
    end = null;
  }
}

export function createPicturePainter({ composition }: Pick<PainterOptions, 'composition'>): PicturePainter {
  const nothing = () => undefined;
  // A picture that cannot be painted stays away; the next one is asked for anyway.
  const events = { onBoxes: nothing, onStats: nothing, onSurface: nothing, onFailure: nothing };
  return paintInWorker({ composition, surface: 'canvas', events }, () => null);
}

function paintInWorker<O extends PathOutput | null>(
  { composition, surface, events }: PainterOptions,
  outputOf: (path: FramePath) => O,
): Omit<Compositor, 'track'> & { readonly output: O } {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const attached = new Map<SourceId, MediaStreamTrack>();
  let sources: ReadonlyMap<SourceId, MediaStreamTrack | null> = new Map();
  const asked = new Map<number, PromiseWithResolvers<ImageBitmap>>();
  let requests = 0;
  /** The worker has said something. */
  let works = false;
  let clockAheadMs = 0;
  const send = (message: ToWorker, transfer: Transferable[] = []): void =>
    worker.postMessage(message, transfer);
  const path = openFramePath(send);
  const output = outputOf(path);
  // Whoever only paints pictures misses no deadline by making sprites itself.
  const sprites = output === null ? null : startSpriteWorker(() => send({ type: 'sprites-lost' }));

  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    works = true;
    switch (data.type) {
      case 'boxes':
        events.onBoxes(data.boxes, data.programme);
        return;
      case 'stats':
        events.onStats(data.stats);
        return;
      case 'track':
        path.takeTrack(data.track);
        return;
      case 'painted':
        path.takePainted(data.frame);
        return;
      case 'surface':
        events.onSurface(data.facts);
        return;
      case 'picture':
        answer(data.request, data.picture);
        return;
      case 'failed':
        events.onFailure(data.failure);
        return;
      case 'stopped':
        worker.terminate();
    }
  });
  // One that did not load says nothing about why; one that has worked goes on after an error.
  worker.addEventListener('error', ({ message }) =>
    events.onFailure({ kind: works ? 'passing' : 'ended', message: message ?? 'the painter did not load' }),
  );
  send(
    {
      ...{ type: 'start', composition, surface, origin: location.origin },
      ...{ output: output?.end ?? null, sprites: sprites?.port ?? null },
    },
    [...(output?.transfer ?? []), ...(sprites === null ? [] : [sprites.port])],
  );

  function answer(request: number, picture: ImageBitmap | null): void {
    if (picture === null) asked.get(request)?.reject(new Error('the picture could not be painted'));
    else asked.get(request)?.resolve(picture);
    asked.delete(request);
  }

  function attach(source: SourceId, track: MediaStreamTrack): void {
    if (attached.get(source) === track) return;
    attached.set(source, track);
    path.attach(source, track);
  }

  function detachAllBut(tracks: ReadonlyMap<SourceId, MediaStreamTrack | null>): void {
    for (const source of [...attached.keys()]) {
      if (tracks.get(source)) continue;
      attached.delete(source);
      path.detach(source);
    }
  }

  return {
    output,
    setComposition: (composition, ready) => send({ type: 'composition', composition, ready }),
    setSources(tracks) {
      if (sameEntries(sources, tracks)) return;
      sources = new Map(tracks);
      detachAllBut(tracks);
      const present: SourcePresence[] = [...tracks].map(([source, track]) => ({
        source,
        hasVideo: track !== null,
      }));
      send({ type: 'sources', sources: present });
      for (const [source, track] of tracks) if (track !== null) attach(source, track);
    },
    setSurface: (wanted) => send({ type: 'surface', wanted }),
    setRate: (fps) => send({ type: 'rate', fps }),
    setSpeaker: (speaker) => send({ type: 'speaker', speaker }),
    setClock(aheadMs) {
      if (aheadMs === clockAheadMs) return;
      clockAheadMs = aheadMs;
      send({ type: 'clock', aheadMs });
    },
    picture(composition, width) {
      requests += 1;
      const answer = Promise.withResolvers<ImageBitmap>();
      asked.set(requests, answer);
      path.refresh();
      send({ type: 'picture', request: requests, composition, width });
      return answer.promise;
    },
    setImage: (asset, image) => send({ type: 'image', asset, image }),
    close() {
      path.close();
      attached.clear();
      for (const { reject } of asked.values()) reject(new Error('the compositor has closed'));
      asked.clear();
      sprites?.close();
      send({ type: 'stop' });
    },
  };
}

function sameEntries<K, V>(a: ReadonlyMap<K, V>, b: ReadonlyMap<K, V>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.has(key) && b.get(key) === value);
}
