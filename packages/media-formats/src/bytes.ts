/** Joins byte arrays into one new array. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let length = 0;
  for (const part of parts) length += part.length;
  const joined = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

export function bytesEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const latin1 = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));

/** Bytes of a text whose characters are all below U+0100. */
export function asciiBytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
}

export function asciiText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => latin1[byte]).join('');
}

/**
 * Collects chunks of a byte stream and hands out complete prefixes.
 * `limit` (bytes) bounds what is kept; going over it throws, as no caller can go on with half a message.
 */
export class ByteQueue {
  #chunks: Uint8Array[] = [];
  #length = 0;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get length(): number {
    return this.#length;
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#length += chunk.length;
    if (this.#length > this.#limit) throw new RangeError(`byte queue over ${this.#limit} bytes`);
    this.#chunks.push(chunk);
  }

  /** The first `count` bytes without removing them, or undefined while fewer are there. */
  peek(count: number): Uint8Array | undefined {
    if (this.#length < count) return undefined;
    this.#gather(count);
    return this.#chunks[0]?.subarray(0, count) ?? new Uint8Array(0);
  }

  /** Removes and returns the first `count` bytes, or undefined while fewer are there. */
  take(count: number): Uint8Array | undefined {
    if (count === 0) return new Uint8Array(0);
    const taken = this.peek(count);
    const first = this.#chunks[0];
    if (taken === undefined || first === undefined) return undefined;
    if (first.length === count) this.#chunks.shift();
    else this.#chunks[0] = first.subarray(count);
    this.#length -= count;
    return taken;
  }

  #gather(count: number): void {
    const first = this.#chunks[0];
    if (first === undefined || first.length >= count) return;
    let gathered = 0;
    let used = 0;
    while (gathered < count) {
      gathered += this.#chunks[used]?.length ?? 0;
      used += 1;
    }
    this.#chunks.splice(0, used, concatBytes(this.#chunks.slice(0, used)));
  }
}
