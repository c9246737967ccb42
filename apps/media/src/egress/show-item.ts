import {
  audioBody,
  audioHeaderBody,
  concatBytes,
  FLV_AUDIO,
  FLV_HEADER,
  FLV_VIDEO,
  videoBody,
  videoHeaderBody,
  writeFlvTag,
} from '@streamus/media-formats';

/** One encoded picture or AAC frame on its way out, as a finished FLV tag. Times are ms from the start of the show. */
export interface ShowItem {
  readonly kind: 'video' | 'audio';
  readonly key: boolean;
  readonly time: number;
  readonly tag: Uint8Array;
}

/** What waits for a destination: show items, and new headers in between. */
export type OutgoingItem = ShowItem | (Omit<ShowItem, 'kind'> & { readonly kind: 'header' });

/** What a receiver must know before the items that follow. */
export interface ShowHeaders {
  readonly avcC: Uint8Array;
  /** AudioSpecificConfig. */
  readonly audio: Uint8Array;
}

const TAG_HEAD_BYTES = 11;
const BACK_POINTER_BYTES = 4;

/** What a tag carries, without a copy. */
export function tagBody(tag: Uint8Array): Uint8Array {
  return tag.subarray(TAG_HEAD_BYTES, tag.length - BACK_POINTER_BYTES);
}

/** Beginning of an FLV stream: file header and both sequence headers, stamped `time`. */
export function flvBeginning(headers: ShowHeaders, time: number): Uint8Array {
  return concatBytes([
    FLV_HEADER,
    videoHeaderTag(headers.avcC, time),
    writeFlvTag({ type: FLV_AUDIO, time, data: audioHeaderBody(headers.audio) }),
  ]);
}

export function videoHeaderTag(avcC: Uint8Array, time: number): Uint8Array {
  return writeFlvTag({ type: FLV_VIDEO, time, data: videoHeaderBody(avcC) });
}

export function videoItem(time: number, unit: Uint8Array, key: boolean): ShowItem {
  return {
    kind: 'video',
    key,
    time,
    tag: writeFlvTag({ type: FLV_VIDEO, time, data: videoBody(unit, key) }),
  };
}

export function audioItem(time: number, frame: Uint8Array): ShowItem {
  return {
    kind: 'audio',
    key: false,
    time,
    tag: writeFlvTag({ type: FLV_AUDIO, time, data: audioBody(frame) }),
  };
}
