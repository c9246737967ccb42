import {
  type AssetId,
  assetsOf,
  type Box,
  type Composition,
  layoutBoxes,
  type Programme,
  type SourceFacts,
  type SourceId,
} from '@streamus/studio';
import { createCanvasSurface, type Surface } from './canvas-surface.ts';
import { type DrawItem, drawList } from './draw-list.ts';
import type { NewestFrames } from './newest-frames.ts';
import type { SourcePresence } from './protocol.ts';

/** Smaller changes of a picture's shape are rounding between layers, not a turned phone. */
const SAME_ASPECT = 0.02;

/** Composition and presence to pixels: recomputes boxes and draw list when, and only when, something changed. */
export interface Painter {
  /** `ready`: images that may be shown soon, which are kept though nothing shows them now. */
  setComposition(composition: Composition, ready: readonly AssetId[]): void;
  setSources(sources: readonly SourcePresence[]): void;
  setImage(asset: AssetId, image: ImageBitmap): void;
  /** A frame of this size came for the source. */
  noteShape(source: SourceId, width: number, height: number): void;
  /** Paints when anything changed since the last time; says whether it did. */
  paint(): boolean;
  snapshot(timestampUs: number, durationUs: number): VideoFrame;
  readonly programme: Programme;
  close(): void;
}

export function createPainter(options: {
  composition: Composition;
  frames: NewestFrames<VideoFrame>;
  onBoxes: (boxes: readonly Box[], programme: Programme) => void;
}): Painter {
  const { frames, onBoxes } = options;
  let { composition } = options;
  let kept = new Set<AssetId>();
  let surface: Surface = createCanvasSurface(composition.programme);
  let presence: readonly SourcePresence[] = [];
  const aspects = new Map<SourceId, number>();
  const images = new Map<AssetId, ImageBitmap>();
  let items: readonly DrawItem[] = [];
  let stale = true;

  function refresh(): void {
    const sources = new Map(presence.map(({ source, hasVideo }) => [source, factsOf(source, hasVideo)]));
    const boxes = layoutBoxes({ composition, sources });
    items = drawList(composition, boxes, images);
    surface.forgetUnused();
    stale = false;
    onBoxes(boxes, composition.programme);
  }

  function factsOf(source: SourceId, hasVideo: boolean): SourceFacts {
    const aspect = aspects.get(source);
    return { present: true, hasVideo, ...(aspect === undefined ? {} : { aspect }) };
  }

  function forgetImages(): void {
    const used = new Set([...assetsOf(composition.air), ...kept]);
    for (const [asset, image] of images) {
      if (used.has(asset)) continue;
      image.close();
      images.delete(asset);
    }
  }

  return {
    setComposition(next, ready) {
      const { width, height } = next.programme;
      const { programme } = composition;
      const resized = width !== programme.width || height !== programme.height;
      composition = next;
      kept = new Set(ready);
      if (resized) surface = createCanvasSurface({ width, height });
      forgetImages();
      stale = true;
    },
    setSources(next) {
      presence = next;
      const present = new Set(next.map(({ source }) => source));
      for (const source of aspects.keys()) if (!present.has(source)) aspects.delete(source);
      for (const { source, hasVideo } of next) if (!hasVideo) frames.drop(source);
      stale = true;
    },
    setImage(asset, image) {
      images.get(asset)?.close();
      images.set(asset, image);
      stale = true;
    },
    noteShape(source, width, height) {
      const aspect = width / height;
      const known = aspects.get(source);
      if (known !== undefined && Math.abs(aspect / known - 1) < SAME_ASPECT) return;
      aspects.set(source, aspect);
      stale = true;
    },
    paint() {
      const changed = frames.takeChanged();
      if (!stale && !changed) return false;
      if (stale) refresh();
      surface.paint(items, { frame: (source) => frames.get(source), image: (asset) => images.get(asset) });
      return true;
    },
    snapshot: (timestampUs, durationUs) => surface.snapshot(timestampUs, durationUs),
    get programme() {
      return composition.programme;
    },
    close() {
      for (const image of images.values()) image.close();
      images.clear();
    },
  };
}
