import { ByteQueue, concatBytes, viewOf } from './bytes.ts';

export const FLV_AUDIO = 8;
export const FLV_VIDEO = 9;
export const FLV_SCRIPT = 18;

/** One FLV tag. `time` is in ms from the start of the show (FLV keeps 32 bits). */
export interface FlvTag {
  readonly type: number;
  readonly time: number;
  readonly data: Uint8Array;
}

/** File header announcing audio and video, with the first back pointer. */
export const FLV_HEADER = Uint8Array.of(0x46, 0x4c, 0x56, 1, 5, 0, 0, 0, 9, 0, 0, 0, 0);

/** One tag with its back pointer, ready to be appended to a file. */
export function writeFlvTag(tag: FlvTag): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(15 + tag.data.length);
  const view = viewOf(bytes);
  bytes[0] = tag.type;
  view.setUint32(1, (tag.data.length << 8) | ((tag.time >>> 16) & 0xff));
  view.setUint16(5, tag.time & 0xffff);
  bytes[7] = (tag.time >>> 24) & 0xff;
  bytes.set(tag.data, 11);
  view.setUint32(11 + tag.data.length, 11 + tag.data.length);
  return bytes;
}

/** Body of a video tag that carries an avcC. */
export function videoHeaderBody(avcC: Uint8Array): Uint8Array {
  return concatBytes([Uint8Array.of(0x17, 0, 0, 0, 0), avcC]);
}

/** Body of a video tag that carries one access unit with 4-byte NAL lengths; decode and display time are the same. */
export function videoBody(unit: Uint8Array, key: boolean): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(5 + unit.length);
  body[0] = key ? 0x17 : 0x27;
  body[1] = 1;
  body.set(unit, 5);
  return body;
}

/** Body of an audio tag that carries the AudioSpecificConfig. 0xaf: AAC; rate, size and channels are fixed by the format. */
export function audioHeaderBody(config: Uint8Array): Uint8Array {
  return concatBytes([Uint8Array.of(0xaf, 0), config]);
}

export function audioBody(frame: Uint8Array): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(2 + frame.length);
  body[0] = 0xaf;
  body[1] = 1;
  body.set(frame, 2);
  return body;
}

export type FlvContent =
  | { readonly kind: 'video-header'; readonly avcC: Uint8Array }
  | { readonly kind: 'video'; readonly key: boolean; readonly unit: Uint8Array }
  | { readonly kind: 'audio-header'; readonly config: Uint8Array }
  | { readonly kind: 'audio'; readonly frame: Uint8Array }
  | { readonly kind: 'other' };

/** What a tag carries, for H.264 and AAC; everything else is 'other'. */
export function readFlvContent(tag: Pick<FlvTag, 'type' | 'data'>): FlvContent {
  const { data } = tag;
  if (tag.type === FLV_VIDEO && data.length >= 5 && ((data[0] ?? 0) & 0x0f) === 7) {
    if (data[1] === 0) return { kind: 'video-header', avcC: data.subarray(5) };
    if (data[1] === 1) return { kind: 'video', key: (data[0] ?? 0) >> 4 === 1, unit: data.subarray(5) };
  }
  if (tag.type === FLV_AUDIO && data.length >= 2 && (data[0] ?? 0) >> 4 === 10) {
    return data[1] === 0
      ? { kind: 'audio-header', config: data.subarray(2) }
      : { kind: 'audio', frame: data.subarray(2) };
  }
  return { kind: 'other' };
}

/** Reads an FLV file as it arrives; a tag cut off at the end is left out. Throws RangeError when it is not FLV. */
export class FlvReader {
  readonly #queue = new ByteQueue(64 * 1024 * 1024);
  #headerRead = false;

  push(chunk: Uint8Array): FlvTag[] {
    this.#queue.push(chunk);
    const tags: FlvTag[] = [];
    if (!this.#headerRead) {
      const header = this.#queue.take(13);
      if (header === undefined) return tags;
      if (header[0] !== 0x46 || header[1] !== 0x4c || header[2] !== 0x56)
        throw new RangeError('not an FLV file');
      this.#headerRead = true;
    }
    while (true) {
      const head = this.#queue.peek(11);
      if (head === undefined) return tags;
      const view = viewOf(head);
      const size = view.getUint32(0) & 0xffffff;
      const type = view.getUint8(0) & 0x1f;
      const time = ((view.getUint32(4) >>> 8) | (view.getUint8(7) << 24)) >>> 0;
      const whole = this.#queue.take(15 + size);
      if (whole === undefined) return tags;
      tags.push({ type, time, data: whole.subarray(11, 11 + size) });
    }
  }
}
