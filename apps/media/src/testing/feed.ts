import {
  buildAvcC,
  FLV_VIDEO,
  type FlvTag,
  NO_PARAMETER_SETS,
  readFlvContent,
  splitAvcc,
  toAvcc,
  updateParameterSets,
} from '@streamus/media-formats';
import type { Clip } from '@streamus/testkit/publisher';
import type { BusLink } from '../ingest/bus-link.ts';
import { monotonicMs } from '../monotonic.ts';

/** Header of an SEI message with 20 bytes of user data (H.264 annex D), of which the last four count. */
const SEI_HEAD = Uint8Array.of(6, 5, 20, ...new TextEncoder().encode('streamus-counter'));

export interface Feed {
  stop(): void;
}

/**
 * Hands the clip to egress at its own pace, as ingest does, until stopped. Every picture carries a number of its own, counted
 * from `first`; their times lie `lateMs` before they come.
 */
export function feedClip(link: BusLink, clip: Clip, first = 0, lateMs = 0): Feed {
  const sets = updateParameterSets(NO_PARAMETER_SETS, clip.pictures[0]?.nals ?? []);
  link.send({ kind: 'config', avcC: buildAvcC(sets) });
  const begin = monotonicMs();
  const zero = begin - lateMs;
  let picture = 0;
  let packet = 0;
  const timer = setInterval(() => {
    const elapsed = monotonicMs() - begin;
    for (; (picture * 1000) / clip.fps <= elapsed; picture += 1) {
      const current = clip.pictures[picture % clip.pictures.length];
      if (current === undefined) return;
      const time = zero + (picture * 1000) / clip.fps;
      const unit = toAvcc([counterSei(first + picture), ...current.nals]);
      link.send({ kind: 'video', time, key: current.key, unit });
    }
    for (; packet * 20 <= elapsed; packet += 1) {
      const sound = clip.packets[packet % clip.packets.length] ?? new Uint8Array(0);
      link.send({ kind: 'opus', time: zero + packet * 20, packet: sound });
    }
  }, 10);
  return { stop: () => clearInterval(timer) };
}

/** Seven bits a byte with the highest one set, so that no start code can come about. */
function counterSei(count: number): Uint8Array {
  const digits = [21, 14, 7, 0].map((shift) => 0x80 | ((count >> shift) & 0x7f));
  return Uint8Array.of(...SEI_HEAD, ...digits, 0x80);
}

/** Numbers of the fed pictures among these tags, in order; the slate has none. */
export function countersOf(tags: readonly FlvTag[]): number[] {
  return tags.flatMap((tag) => {
    if (tag.type !== FLV_VIDEO) return [];
    const content = readFlvContent(tag);
    const nals = content.kind === 'video' ? (splitAvcc(content.unit) ?? []) : [];
    const sei = nals.find((nal) => SEI_HEAD.every((byte, index) => nal[index] === byte));
    if (sei === undefined) return [];
    const digits = sei.subarray(SEI_HEAD.length, SEI_HEAD.length + 4);
    return [digits.reduce((count, digit) => (count << 7) | (digit & 0x7f), 0)];
  });
}
