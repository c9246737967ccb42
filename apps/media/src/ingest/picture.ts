import type { ParameterSets, PictureSize } from '@streamus/media-formats';

/** One whole, decodable picture of the programme as its composer encoded it. `time`: show clock, ms. */
export type Picture = { readonly time: number; readonly key: boolean } & (
  | { readonly codec: 'h264'; readonly nals: readonly Uint8Array[]; readonly sets: ParameterSets }
  | { readonly codec: 'vp8'; readonly data: Uint8Array; readonly size: PictureSize }
);

/** Where a video track's pictures go. */
export interface PictureSink {
  /** A picture arrived, whole or damaged. */
  arrived(time: number, key: boolean): void;
  damagedGop(time: number): void;
  show(picture: Picture): void;
}
