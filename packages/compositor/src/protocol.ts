import type { AssetId, Box, Composition, Programme, SourceId } from '@streamus/studio';
import type { LoadedImage } from './draw-item.ts';
import type { InputEnd, OutputEnd } from './frame-paths/frame-path.ts';
import type { SurfaceFacts, WantedSurface } from './surfaces/choose-surface.ts';

export type { LoadedImage } from './draw-item.ts';
export type { MeasuredSurface, SurfaceFacts, WantedSurface } from './surfaces/choose-surface.ts';
export type { SurfaceKind } from './surfaces/surface.ts';
export type { SurfaceFailureCode } from './surfaces/surface-failure.ts';

/** What the page tells the compositor's worker. */
export type ToWorker =
  | {
      readonly type: 'start';
      readonly composition: Composition;
      /** Null: nothing is given out, pictures are painted when they are asked for. */
      readonly output: OutputEnd | null;
      /** Of the page: where fonts are. */
      readonly origin: string;
      readonly surface: WantedSurface;
      /** To the worker that makes sprites; null: they are made where they are drawn. */
      readonly sprites: MessagePort | null;
    }
  /** The worker that makes sprites makes no more. */
  | { readonly type: 'sprites-lost' }
  /** Which surface paints from now on. */
  | { readonly type: 'surface'; readonly wanted: WantedSurface }
  /** What is drawn from now on, and the images that may be shown soon. */
  | { readonly type: 'composition'; readonly composition: Composition; readonly ready: readonly AssetId[] }
  /** Everything that somebody in the room offers now; `hasVideo` false draws an avatar. */
  | { readonly type: 'sources'; readonly sources: readonly SourcePresence[] }
  /** Frames of a source; replaces what it had. */
  | { readonly type: 'attach'; readonly source: SourceId; readonly input: InputEnd }
  /** One frame of a source that is not attached. */
  | { readonly type: 'frame'; readonly source: SourceId; readonly frame: VideoFrame }
  /** The picture sent last is drawn. */
  | { readonly type: 'drawn' }
  | { readonly type: 'detach'; readonly source: SourceId }
  | { readonly type: 'image'; readonly asset: AssetId; readonly image: LoadedImage }
  /** Whoever speaks now. */
  | { readonly type: 'speaker'; readonly speaker: SourceId | null }
  /** How far the clock that countdowns and clocks go by is ahead of this machine's, ms. */
  | { readonly type: 'clock'; readonly aheadMs: number }
  /** Frames per second to paint, at most the programme's. */
  | { readonly type: 'rate'; readonly fps: number }
  /** Asks for a picture of any composition, `width` pixels wide; answered by `picture` with the same number. */
  | {
      readonly type: 'picture';
      readonly request: number;
      readonly composition: Composition;
      readonly width: number;
    }
  | { readonly type: 'stop' };

export interface SourcePresence {
  readonly source: SourceId;
  readonly hasVideo: boolean;
}

/** What the worker tells the page. */
export type FromWorker =
  /** Where sources are drawn has changed. */
  | { readonly type: 'boxes'; readonly boxes: readonly Box[]; readonly programme: Programme }
  /** The output's own track. */
  | { readonly type: 'track'; readonly track: MediaStreamTrack }
  /** A picture for the page to draw; the page closes it. */
  | { readonly type: 'painted'; readonly frame: VideoFrame }
  /** Once a second. */
  | { readonly type: 'stats'; readonly stats: CompositorStats }
  /** Which surface paints, and why, has changed. */
  | { readonly type: 'surface'; readonly facts: SurfaceFacts }
  /** Null: it could not be painted. */
  | { readonly type: 'picture'; readonly request: number; readonly picture: ImageBitmap | null }
  | { readonly type: 'failed'; readonly failure: CompositorFailure }
  | { readonly type: 'stopped' };

/** `passing`: one source or one picture; the rest goes on. `ended`: there is no programme any more; another compositor makes one. */
export interface CompositorFailure {
  readonly kind: 'passing' | 'ended';
  readonly message: string;
}

export interface CompositorStats {
  /** Frames given out in the last second. */
  readonly fps: number;
  /** Since the start: frames whose time passed while the worker was busy. */
  readonly lateFrames: number;
  /** Since the start: frames given out that look like the one before, because no source had a new picture. */
  readonly repeatedFrames: number;
  /** Since the start: frames the output did not take in time. */
  readonly droppedFrames: number;
  /** Mean of the last second's paint times, milliseconds. */
  readonly paintMs: number;
  /** Cameras on the picture that have brought nothing new for seconds. */
  readonly frozen: readonly SourceId[];
}
