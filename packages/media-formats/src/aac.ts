import { ByteQueue } from './bytes.ts';

/** Samples in one AAC-LC frame. */
export const AAC_FRAME_SAMPLES = 1024;

export interface AdtsFrame {
  /** Raw AAC without the ADTS header. */
  readonly data: Uint8Array;
  /** AudioSpecificConfig (ISO 14496-3) that this frame's header implies, 2 bytes. */
  readonly config: Uint8Array;
}

/** Cuts an ADTS byte stream into frames; skips garbage up to the next sync word. */
export class AdtsParser {
  readonly #queue = new ByteQueue(1024 * 1024);

  push(chunk: Uint8Array): AdtsFrame[] {
    this.#queue.push(chunk);
    const frames: AdtsFrame[] = [];
    while (true) {
      const header = this.#queue.peek(7);
      if (header === undefined) return frames;
      const parsed = parseHeader(header);
      if (parsed === undefined) {
        this.#queue.take(1);
        continue;
      }
      const frame = this.#queue.take(parsed.length);
      if (frame === undefined) return frames;
      frames.push({ data: frame.slice(parsed.headerLength), config: parsed.config });
    }
  }
}

function parseHeader(
  h: Uint8Array,
): { length: number; headerLength: number; config: Uint8Array } | undefined {
  const [b0 = 0, b1 = 0, b2 = 0, b3 = 0, b4 = 0, b5 = 0] = h;
  if (b0 !== 0xff || (b1 & 0xf6) !== 0xf0) return undefined;
  const headerLength = (b1 & 1) === 1 ? 7 : 9;
  const length = ((b3 & 3) << 11) | (b4 << 3) | (b5 >> 5);
  const rateIndex = (b2 >> 2) & 0x0f;
  if (length <= headerLength || rateIndex > 12) return undefined;
  const channels = ((b2 & 1) << 2) | (b3 >> 6);
  return { length, headerLength, config: audioSpecificConfig((b2 >> 6) + 1, rateIndex, channels) };
}

function audioSpecificConfig(objectType: number, rateIndex: number, channels: number): Uint8Array {
  return Uint8Array.of((objectType << 3) | (rateIndex >> 1), ((rateIndex & 1) << 7) | (channels << 3));
}
