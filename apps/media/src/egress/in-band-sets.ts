import {
  FLV_VIDEO,
  type ParameterSets,
  parseAvcC,
  readFlvContent,
  withParameterSets,
} from '@streamus/media-formats';
import type { ShowListener } from './show-bus.ts';
import { type ShowHeaders, type ShowItem, videoItem } from './show-item.ts';

/**
 * Once the parameter sets have changed in mid-show, puts the current ones in front of every keyframe. Receivers that read
 * the first header only, and transport streams, which have none (FFmpeg 5.1 fills in the first one for ever), know them then.
 */
export function withInBandSets(listener: ShowListener): ShowListener {
  let first: ShowHeaders | undefined;
  let changed: ParameterSets | undefined;
  return {
    headers(headers, time) {
      if (first === undefined) first = headers;
      else changed = parseAvcC(headers.avcC);
      listener.headers(headers, time);
    },
    item(item) {
      const unit = changed !== undefined && item.kind === 'video' && item.key ? unitOf(item) : undefined;
      listener.item(
        changed === undefined || unit === undefined
          ? item
          : videoItem(item.time, withParameterSets(unit, changed), true),
      );
    },
  };
}

const TAG_HEAD_BYTES = 11;
const BACK_POINTER_BYTES = 4;

function unitOf({ tag }: ShowItem): Uint8Array | undefined {
  const data = tag.subarray(TAG_HEAD_BYTES, tag.length - BACK_POINTER_BYTES);
  const content = readFlvContent({ type: FLV_VIDEO, data });
  return content.kind === 'video' ? content.unit : undefined;
}
