import {
  type AudioMix,
  type Compositor,
  type CompositorFailure,
  type CompositorStats,
  createAudioMix,
  createCompositor,
  type SurfaceFacts,
  type WantedSurface,
} from '@streamus/compositor';
import { compositionOnAir, type SourceId, type StudioDocument } from '@streamus/studio';
import { type BrandImages, createBrandImages } from './brand-images.ts';
import { createLoadKeeper, type LoadKeeper } from './load/load-keeper.ts';
import type { PictureWish } from './picture-demand.ts';

/** Everything with which this tab composes. */
export interface ComposerParts {
  readonly compositor: Compositor;
  readonly mix: AudioMix;
  readonly images: BrandImages;
  readonly load: LoadKeeper;
}

export interface ComposerPartsEvents {
  onStats(stats: CompositorStats): void;
  onSurface(facts: SurfaceFacts): void;
  onFailure(failure: CompositorFailure): void;
  onWishes(wishes: ReadonlyMap<SourceId, PictureWish>): void;
}

/** Starts painting and mixing; rejects when this page cannot paint. */
export async function startParts(options: {
  document: StudioDocument;
  origin: string;
  surface: WantedSurface;
  speaker: SourceId | null;
  events: ComposerPartsEvents;
}): Promise<ComposerParts> {
  const { events } = options;
  let setRate: ((fps: number) => void) | null = null;
  const load = createLoadKeeper({ onWishes: events.onWishes, onRate: (fps) => setRate?.(fps) });
  const compositor = await createCompositor({
    composition: compositionOnAir(options.document),
    surface: options.surface,
    events: {
      onBoxes: (boxes, programme) => load.setBoxes(boxes, programme),
      onStats(stats) {
        load.note(stats, performance.now());
        events.onStats(stats);
      },
      onSurface: events.onSurface,
      onFailure: events.onFailure,
    },
  });
  setRate = (fps) => compositor.setRate(fps);
  const images = createBrandImages({
    origin: options.origin,
    onImage: (asset, image) => compositor.setImage(asset, image),
  });
  compositor.setSpeaker(options.speaker);
  load.setSpeaker(options.speaker);
  return { compositor, mix: createAudioMix(), images, load };
}

export async function endParts({ images, compositor, mix }: ComposerParts): Promise<void> {
  images.close();
  compositor.close();
  await mix.close();
}
