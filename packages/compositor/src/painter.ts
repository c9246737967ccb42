import {
  type AssetId,
  assetsOf,
  type Box,
  type Composition,
  layoutBoxes,
  type OverlayId,
  type Programme,
  type SourceFacts,
  type SourceId,
} from '@streamus/studio';
import type { DrawItem, DrawList, LoadedImage, Size } from './draw-item.ts';
import { drawList } from './draw-list.ts';
import { type Leaving, leave, shownAfter, shownBefore } from './leaving.ts';
import type { NewestFrames } from './newest-frames.ts';
import { followShown, type Shown } from './overlays/overlay-items.ts';
import type { SourcePresence } from './protocol.ts';
import { completeItems, readyItems } from './sprites/ready-items.ts';
import type { SpriteMaker } from './sprites/sprite-maker.ts';
import { createSpriteStore, type SpriteSet } from './sprites/sprite-store.ts';
import type { CreateSurface, Pixels, Surface } from './surfaces/surface.ts';
import type { Thumbnails } from './surfaces/thumbnails.ts';
import { HANGS_MS, within } from './surfaces/within.ts';
import { transitionItems } from './transition-items.ts';

/** Smaller changes of a picture's shape are rounding between layers, not a turned phone. */
const SAME_ASPECT = 0.02;

/** Composition and presence to pixels: recomputes boxes and draw list when, and only when, something changed. */
export interface Painter {
  /** `ready`: images that may be shown soon, which are kept though nothing shows them now. */
  setComposition(composition: Composition, ready: readonly AssetId[]): void;
  setSources(sources: readonly SourcePresence[]): void;
  /** Whoever speaks, for scenes that follow it. */
  setSpeaker(speaker: SourceId | null): void;
  /** How far the clock of countdowns and clocks is ahead of the one given to `paint`. */
  setClock(aheadMs: number): void;
  setImage(asset: AssetId, image: LoadedImage): void;
  /** A frame of this size came for the source. */
  noteShape(source: SourceId, width: number, height: number): void;
  /**
   * Paints when anything changed since the last time; says whether it did. Not called again before it is done.
   * @param nowMs wall clock that never steps back
   */
  paint(nowMs: number): Promise<boolean>;
  /** What was painted last, as a frame the caller must close. */
  snapshot(timestampUs: number, durationUs: number): Promise<VideoFrame>;
  /** A picture of any composition with what the sources show now, `width` pixels wide. */
  picture(composition: Composition, width: number, nowMs: number): Promise<ImageBitmap>;
  readonly programme: Programme;
  /** Not while it paints; pictures that are still to be made reject. */
  close(): void;
}

export function createPainter(options: {
  composition: Composition;
  frames: NewestFrames<VideoFrame>;
  sprites: SpriteMaker;
  createSurface: CreateSurface;
  createThumbnails: () => Promise<Thumbnails>;
  onBoxes: (boxes: readonly Box[], programme: Programme) => void;
  /** Something cannot be drawn; the picture goes on without it. */
  onFailure: (reason: string) => void;
}): Painter {
  const { frames, createSurface, createThumbnails, onBoxes, onFailure } = options;
  let { composition } = options;
  let kept = new Set<AssetId>();
  const allSprites = createSpriteStore(options.sprites, onFailure);
  const sprites = allSprites.newSet(() => {
    stale = true;
  });
  /** Of thumbnails, which are painted much more rarely than the programme sweeps its own. */
  const smallSprites = allSprites.newSet(() => undefined);
  let sweptAt = 0;
  let surface: { readonly on: Surface; readonly size: Size } | null = null;
  let thumbnails: Thumbnails | null = null;
  /** The picture that is made now, or was made last. */
  let thumbnail: Promise<unknown> = Promise.resolve();
  let closed = false;
  let presence: readonly SourcePresence[] = [];
  let speaker: SourceId | null = null;
  const aspects = new Map<SourceId, number>();
  /** Sizes of the images that are loaded. */
  const images = new Map<AssetId, Size>();
  let shown: ReadonlyMap<OverlayId, Shown> = new Map();
  /** Slots of which nothing could be drawn the last time. */
  let waiting: ReadonlySet<string> = new Set();
  let leaving: Leaving | null = null;
  let pending: Composition | null = null;
  let items: readonly DrawItem[] = [];
  let boxes: readonly Box[] = [];
  let changesAt: number | null = null;
  let clockAheadMs = 0;
  let stale = true;
  const pixels = pixelsWith(sprites);
  const smallPixels = pixelsWith(smallSprites);

  function pixelsWith({ get, tickerWidth }: SpriteSet): Pixels {
    return {
      frame: (source) => frames.get(source),
      sprite: get,
      tickerWidth,
    };
  }

  function boxesOf(given: Composition): Box[] {
    const sources = new Map(presence.map(({ source, hasVideo }) => [source, factsOf(source, hasVideo)]));
    return layoutBoxes({ composition: given, sources, speaker });
  }

  function factsOf(source: SourceId, hasVideo: boolean): SourceFacts {
    const aspect = aspects.get(source);
    return { present: true, hasVideo, ...(aspect === undefined ? {} : { aspect }) };
  }

  /** What was on air stays in the picture until the transition is over. */
  function adopt(next: Composition, nowMs: number): void {
    const { air, programme } = composition;
    const moves = next.air.take !== air.take && next.air.transition.kind !== 'cut';
    if (!sameSize(next.programme, programme)) {
      leaving = null;
    } else if (next.air.take !== air.take) {
      leaving = moves ? leave(composition, shown, next, nowMs) : null;
      if (leaving !== null) shown = shownAfter(leaving, shown);
    }
    composition = next;
    const used = new Set([
      ...assetsOf(next.air),
      ...(leaving ? assetsOf(leaving.composition.air) : []),
      ...kept,
    ]);
    for (const asset of images.keys()) {
      if (used.has(asset)) continue;
      images.delete(asset);
      options.sprites.dropImage(asset);
    }
  }

  function refresh(nowMs: number): void {
    shown = followShown(shown, composition.air.overlays, nowMs, waiting);
    boxes = boxesOf(composition);
    const list = listOf(composition, boxes, [...shown.values()], nowMs);
    items = list.items;
    changesAt = list.changesAt;
    if (leaving !== null) mixIn(leaving, list, nowMs);
    sprites.sweep();
    ({ items, waiting } = readyItems(items, sprites));
    for (const spec of list.soon) sprites.prepare(spec);
    surface?.on.forgetUnused();
    stale = false;
  }

  function listOf(
    given: Composition,
    placed: readonly Box[],
    overlays: readonly Shown[],
    nowMs: number,
  ): DrawList {
    const list = { composition: given, boxes: placed, assets: images, shown: overlays };
    return drawList({ ...list, nowMs, clockAheadMs });
  }

  async function pictureOf(given: Composition, width: number, nowMs: number): Promise<ImageBitmap> {
    if (closed) throw new Error('the painter has closed');
    thumbnails ??= await createThumbnails();
    const all = [...followShown(new Map(), given.air.overlays, nowMs - LONG_SHOWN_MS).values()];
    const list = listOf(given, boxesOf(given), all, nowMs);
    await completeItems(list.items, smallSprites, (source) => frames.get(source) !== undefined);
    frames.hold();
    try {
      return await within(HANGS_MS, thumbnails.paint(list.items, smallPixels, given.programme, width));
    } finally {
      frames.release();
      sweepSmall(nowMs);
    }
  }

  function sweepSmall(nowMs: number): void {
    if (smallSprites.newPixels <= KEPT_PIXELS && nowMs - sweptAt < KEPT_MS) return;
    sweptAt = nowMs;
    smallSprites.sweep();
  }

  async function surfaceFor(size: Size): Promise<Surface> {
    if (surface !== null && sameSize(surface.size, size)) return surface.on;
    surface?.on.close();
    surface = null;
    surface = { on: await createSurface(size), size };
    return surface.on;
  }

  function mixIn(from: Leaving, to: DrawList, nowMs: number): void {
    const { transition } = composition.air;
    const linear = transition.durationMs === 0 ? 1 : (nowMs - from.sinceMs) / transition.durationMs;
    if (linear >= 1) {
      leaving = null;
      return;
    }
    const old = listOf(from.composition, boxesOf(from.composition), shownBefore(from, shown), nowMs);
    items = transitionItems(old.items, to.items, transition, linear, composition.programme);
    changesAt = nowMs;
  }

  return {
    setComposition(next, ready) {
      pending = next;
      kept = new Set(ready);
      stale = true;
    },
    setSources(next) {
      presence = next;
      const present = new Set(next.map(({ source }) => source));
      for (const source of aspects.keys()) if (!present.has(source)) aspects.delete(source);
      for (const { source, hasVideo } of next) if (!hasVideo) frames.drop(source);
      stale = true;
    },
    setSpeaker(next) {
      if (next === speaker) return;
      speaker = next;
      stale = true;
    },
    setClock(aheadMs) {
      clockAheadMs = aheadMs;
      stale = true;
    },
    setImage(asset, { file, width, height }) {
      images.set(asset, { width, height });
      options.sprites.setImage(asset, file);
      stale = true;
    },
    noteShape(source, width, height) {
      const aspect = width / height;
      const known = aspects.get(source);
      if (known !== undefined && Math.abs(aspect / known - 1) < SAME_ASPECT) return;
      aspects.set(source, aspect);
      stale = true;
    },
    async paint(nowMs) {
      const changed = frames.takeChanged();
      const reshape = stale;
      if (pending !== null) {
        adopt(pending, nowMs);
        pending = null;
      }
      if (changesAt !== null && nowMs >= changesAt) stale = true;
      if (!stale && !changed) return false;
      if (stale) refresh(nowMs);
      if (reshape) onBoxes(boxes, composition.programme);
      frames.hold();
      try {
        const target = await surfaceFor(composition.programme);
        await target.paint(items, pixels);
      } catch (error) {
        // What was to be seen has not been painted yet.
        stale = true;
        throw error;
      } finally {
        frames.release();
      }
      return true;
    },
    async snapshot(timestampUs, durationUs) {
      if (surface === null) throw new Error('nothing has been painted yet');
      return surface.on.snapshot(timestampUs, durationUs);
    },
    picture(given, width, nowMs) {
      const made = thumbnail.then(() => pictureOf(given, width, nowMs));
      // Whoever asked hears of it.
      thumbnail = made.catch(() => undefined);
      return made;
    },
    get programme() {
      return (pending ?? composition).programme;
    },
    close() {
      closed = true;
      allSprites.close();
      void thumbnail.then(() => thumbnails?.close());
      surface?.on.close();
      surface = null;
    },
  };
}

function sameSize(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height;
}

/** New sprites of thumbnails, 16 MB of them: those of a studio full of scenes stay, those of texts being written go. */
const KEPT_PIXELS = 4_000_000;
/** Scenes are pictured every few seconds: what none has shown for so long is of people who have left, and of texts of before. */
const KEPT_MS = 60_000;

/** In pictures of scenes that are not on air, everything has arrived, tickers too. */
const LONG_SHOWN_MS = 5_000;
