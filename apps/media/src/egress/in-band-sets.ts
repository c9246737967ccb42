import {
  FLV_VIDEO,
  type ParameterSets,
  parseAvcC,
  readFlvContent,
  withParameterSets,
} from '@streamus/media-formats';
import type { ShowListener } from './show-bus.ts';
import { type ShowHeaders, type ShowItem, tagBody, videoItem } from './show-item.ts';

/**
 * Puts the parameter sets a keyframe uses in front of it: `always`, or once they have `changed` in mid-show.
 *
 * Changed: receivers that read the first header only know the new ones then. Always: transport streams have no header;
 * FFmpeg 5.1 fills in the first one for ever, with the sets of programme and slate both, of which hls.js 1.7.4 keeps the
 * first SPS and the last PPS, so that Chromium cannot decode the picture.
 */
export function withInBandSets(listener: ShowListener, when: 'always' | 'changed'): ShowListener {
  let first: ShowHeaders | undefined;
  let inBand: ParameterSets | undefined;
  return {
    headers(headers, time) {
      if (first === undefined && when === 'changed') first = headers;
      else inBand = parseAvcC(headers.avcC);
      listener.headers(headers, time);
    },
    item(item) {
      const unit = inBand !== undefined && item.kind === 'video' && item.key ? unitOf(item) : undefined;
      listener.item(
        inBand === undefined || unit === undefined
          ? item
          : videoItem(item.time, withParameterSets(unit, inBand), true),
      );
    },
  };
}

function unitOf({ tag }: ShowItem): Uint8Array | undefined {
  const content = readFlvContent({ type: FLV_VIDEO, data: tagBody(tag) });
  return content.kind === 'video' ? content.unit : undefined;
}
