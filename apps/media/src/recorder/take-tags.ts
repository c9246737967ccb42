import { FLV_AUDIO, FLV_VIDEO, FlvReader, type FlvTag, readFlvContent } from '@streamus/media-formats';

/** Tags of a segment's bytes; a cut-off last tag is left out, and so is everything behind bytes that are not FLV. */
export function tagsOf(bytes: Uint8Array): FlvTag[] {
  try {
    return new FlvReader().push(bytes);
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

export function isVideoHeader(tag: FlvTag): boolean {
  return tag.type === FLV_VIDEO && readFlvContent(tag).kind === 'video-header';
}

export function isAudioHeader(tag: FlvTag): boolean {
  return tag.type === FLV_AUDIO && readFlvContent(tag).kind === 'audio-header';
}
