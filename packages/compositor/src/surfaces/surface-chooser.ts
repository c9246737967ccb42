import type { SourceId } from '@streamus/studio';
import type { DrawItem, Size } from '../draw-item.ts';
import {
  bestSurface,
  contenders,
  isOver,
  noteTime,
  type SurfaceFacts,
  startTrial,
  type Trial,
  type WantedSurface,
  withoutSurface,
} from './choose-surface.ts';
import type { CreateSurface, Pixels, Surface, SurfaceKind } from './surface.ts';
import { SurfaceFailure, type SurfaceFailureCode } from './surface-failure.ts';
import { HANGS_MS, within } from './within.ts';

/** Surfaces that may be there; the canvas always is. */
export type OtherKind = Exclude<SurfaceKind, 'canvas'>;

/** `byHand`: somebody wants this one, however slow it is. */
export type CreateOther = (size: Size, byHand: boolean) => Promise<Surface>;

/**
 * Makes surfaces that paint on whichever of several is best and go on on another when it fails. The choice outlives a
 * surface, so that a programme of another size does not measure again.
 */
export interface SurfaceChooser {
  readonly create: CreateSurface;
  /** Chosen by hand, or by measuring again those that failed too. */
  setWanted(wanted: WantedSurface): void;
}

/** Twice the pictures of the trial: what was fastest then may not be now. */
const HEAVIER = 2;
/**
 * What failed while painting is tried again after half a minute, then four, then half an hour: a machine that slept for a
 * moment must not be left with a slow surface for the rest of the show, nor a broken one stop the picture again and again.
 */
const AGAIN_MS = 30_000;
const AGAIN_GROWS = 8;
export function createSurfaceChooser(options: {
  canvas: CreateSurface;
  others: ReadonlyMap<OtherKind, CreateOther>;
  wanted: WantedSurface;
  onFacts: (facts: SurfaceFacts) => void;
  /** A clock that is never set. */
  nowMs: () => number;
}): SurfaceChooser {
  const { others, onFacts, nowMs } = options;
  let { wanted } = options;
  let trial: Trial = startTrial(['canvas', ...others.keys()]);
  /** Pictures in the draw list when it was measured. */
  let weight = 0;
  const failures = new Map<SurfaceKind, { code: SurfaceFailureCode; message: string; againAt: number }>();
  /** How often each has failed while painting. */
  const counts = new Map<SurfaceKind, number>();
  let told = '';

  function tell(on: SurfaceKind): void {
    const facts: SurfaceFacts = {
      ...{ on, wanted, measured: trial.measured },
      measuring: measures() && !isOver(trial),
      failures: [...failures].map(([kind, { code, message }]) => ({ kind, code, message })),
    };
    const text = JSON.stringify(facts);
    if (text !== told) onFacts(facts);
    told = text;
  }

  function fail(kind: SurfaceKind, error: unknown, otherwise: SurfaceFailureCode): void {
    const code = error instanceof SurfaceFailure ? error.code : otherwise;
    const count = counts.get(kind) ?? 0;
    const againAt =
      code === 'unavailable' ? Number.POSITIVE_INFINITY : nowMs() + AGAIN_MS * AGAIN_GROWS ** count;
    counts.set(kind, count + 1);
    failures.set(kind, { code, message: error instanceof Error ? error.message : String(error), againAt });
    trial = withoutSurface(trial, kind);
  }

  /** Those whose time has come are measured beside what paints now. */
  function giveChances(): void {
    const now = nowMs();
    for (const [kind, { againAt }] of failures) {
      if (againAt > now) continue;
      failures.delete(kind);
      if (measures() && isOver(trial)) trial = startTrial([due(), kind]);
      else trial = { ...trial, queue: [...trial.queue, kind] };
    }
  }

  /** By measuring: nobody chose by hand, or what was chosen does not work. */
  const measures = (): boolean => wanted === 'automatic' || failures.has(wanted);

  /** The surface that is to paint; may not be open yet. */
  function due(): SurfaceKind {
    if (wanted !== 'automatic' && !measures()) return wanted;
    return trial.queue[0] ?? bestSurface(trial.measured) ?? 'canvas';
  }

  /** The programme has become heavier: those that were near one another are timed again. */
  function noteWeight(pictures: number): void {
    if (!measures() || !isOver(trial) || pictures < HEAVIER * weight) return;
    weight = pictures;
    const again = contenders(trial.measured);
    if (again.length > 1) trial = startTrial(again);
  }

  function noteFrame(kind: SurfaceKind, ms: number, pictures: number): void {
    if (kind !== trial.queue[0]) return;
    weight = Math.max(weight, pictures);
    trial = noteTime(trial, ms);
  }

  function createFor(size: Size, canvas: Surface): Surface {
    const open = new Map<OtherKind, Surface>();
    const opening = new Set<OtherKind>();
    let painted: Surface = canvas;
    let last: { readonly items: readonly DrawItem[]; readonly pixels: Pixels } | null = null;
    let closed = false;

    /** Opens what may be wanted soon and closes what is not. */
    function prepare(): void {
      const soon: readonly SurfaceKind[] = measures() ? [...trial.queue, due()] : [due()];
      for (const [kind, create] of others) {
        const surface = open.get(kind);
        if (soon.includes(kind) && surface === undefined && !failures.has(kind)) start(kind, create);
        if (!soon.includes(kind) && surface !== undefined && surface !== painted) {
          open.delete(kind);
          surface.close();
        }
      }
    }

    function start(kind: OtherKind, create: CreateOther): void {
      if (opening.has(kind)) return;
      opening.add(kind);
      create(size, wanted === kind).then(
        (surface) => {
          opening.delete(kind);
          if (closed) surface.close();
          else open.set(kind, surface);
        },
        (error: unknown) => {
          opening.delete(kind);
          fail(kind, error, 'unavailable');
        },
      );
    }

    /** The canvas stays open: it is what remains when nothing else works. */
    function drop(kind: SurfaceKind, error: unknown): void {
      if (kind !== 'canvas') {
        open.get(kind)?.close();
        open.delete(kind);
      }
      fail(kind, error, 'paint-failed');
    }

    async function paintOn(surface: Surface, items: readonly DrawItem[], pixels: Pixels): Promise<void> {
      await within(HANGS_MS, surface.paint(items, pixels));
      painted = surface;
    }

    /** Paints on the surface whose turn it is; says whether it was that one. */
    async function paintOnDue(items: readonly DrawItem[], pixels: Pixels): Promise<boolean> {
      const kind = due();
      const surface = kind === 'canvas' ? canvas : open.get(kind);
      if (surface === undefined) {
        await paintOn(canvas, items, pixels);
        return false;
      }
      try {
        await paintOn(surface, items, pixels);
        return true;
      } catch (error) {
        drop(kind, error);
        if (due() === kind) throw error;
        return paintOnDue(items, pixels);
      }
    }

    /** Times a picture until it is ready; one that never is costs its surface its place. */
    async function measure(began: number, pictures: number): Promise<void> {
      const { kind } = painted;
      try {
        await within(HANGS_MS, isReady(await painted.snapshot(0, 0)));
        noteFrame(kind, performance.now() - began, pictures);
      } catch (error) {
        drop(kind, error);
      }
    }

    return {
      get kind() {
        return painted.kind;
      },
      async paint(items, pixels) {
        last = { items, pixels };
        const pictures = countPictures(items, pixels);
        noteWeight(pictures);
        giveChances();
        prepare();
        const began = performance.now();
        const wasDue = await paintOnDue(items, pixels);
        // A draw list without pictures says nothing about those that have some.
        if (measures() && !isOver(trial) && wasDue && pictures > 0) await measure(began, pictures);
        tell(painted.kind);
      },
      async snapshot(timestampUs, durationUs) {
        try {
          return await painted.snapshot(timestampUs, durationUs);
        } catch (error) {
          const { kind } = painted;
          if (kind === 'canvas' || last === null) throw error;
          drop(kind, error);
          await paintOn(canvas, last.items, last.pixels);
          tell('canvas');
          return canvas.snapshot(timestampUs, durationUs);
        }
      },
      forgetUnused() {
        for (const surface of [canvas, ...open.values()]) surface.forgetUnused();
      },
      close() {
        closed = true;
        for (const surface of [canvas, ...open.values()]) surface.close();
      },
    };
  }

  return {
    create: async (size) => createFor(size, await options.canvas(size)),
    setWanted(next) {
      wanted = next;
      failures.clear();
      counts.clear();
      trial = startTrial(['canvas', ...others.keys()]);
    },
  };
}

/** Sources with a frame; in a transition each is seen twice and is no more than before. */
function countPictures(items: readonly DrawItem[], pixels: Pixels): number {
  const seen = new Set<SourceId>();
  const look = (item: DrawItem): void => {
    if (item.kind === 'picture' && pixels.frame(item.source) !== undefined) seen.add(item.source);
    if (item.kind === 'layer') item.items.forEach(look);
  };
  items.forEach(look);
  return seen.size;
}

/** Graphics cards paint after they are told to: what they have really done is known once a pixel can be read. Takes over `frame`. */
async function isReady(frame: VideoFrame): Promise<void> {
  try {
    // An opaque frame has no pixels to read; then the time is that of telling alone.
    if (frame.format === null) return;
    const rect = { x: 0, y: 0, width: 2, height: 2 };
    await frame.copyTo(new Uint8Array(frame.allocationSize({ rect })), { rect });
  } finally {
    frame.close();
  }
}
