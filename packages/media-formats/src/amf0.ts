import { concatBytes, viewOf } from './bytes.ts';

/** The part of AMF0 that RTMP commands use. */
export type AmfValue = number | boolean | string | null | undefined | AmfObject | AmfValue[];
export interface AmfObject {
  readonly [key: string]: AmfValue;
}

const MAX_DEPTH = 8;
const encoder = { encode: utf8Bytes };

/** UTF-8 by hand: this package knows neither DOM nor Node, so there is no TextEncoder. */
function utf8Bytes(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0xfffd;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
    else if (code < 0x10000)
      bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    else {
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 0x3f),
        0x80 | ((code >> 6) & 0x3f),
        0x80 | (code & 0x3f),
      );
    }
  }
  return Uint8Array.from(bytes);
}

function utf8Text(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i] ?? 0;
    const extra = lead < 0x80 ? 0 : lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : -1;
    let code = extra <= 0 ? lead : lead & (0x3f >> extra);
    for (let k = 1; k <= extra; k += 1) code = (code << 6) | ((bytes[i + k] ?? 0) & 0x3f);
    const valid = extra >= 0 && i + extra < bytes.length && code <= 0x10ffff;
    text += valid ? String.fromCodePoint(code) : '\ufffd';
    i += valid ? extra + 1 : 1;
  }
  return text;
}

export function encodeAmf(values: readonly AmfValue[]): Uint8Array {
  return concatBytes(values.map(encodeValue));
}

function encodeValue(value: AmfValue): Uint8Array {
  if (value === undefined) return Uint8Array.of(6);
  if (value === null) return Uint8Array.of(5);
  if (typeof value === 'boolean') return Uint8Array.of(1, value ? 1 : 0);
  if (typeof value === 'number') {
    const bytes = new Uint8Array(9);
    viewOf(bytes).setFloat64(1, value);
    return bytes;
  }
  if (typeof value === 'string') {
    const text = encoder.encode(value);
    return text.length > 0xffff
      ? concatBytes([Uint8Array.of(12), uint32(text.length), text])
      : concatBytes([Uint8Array.of(2), shortText(text)]);
  }
  if (Array.isArray(value))
    return concatBytes([Uint8Array.of(10), uint32(value.length), ...value.map(encodeValue)]);
  return concatBytes([Uint8Array.of(3), properties(value)]);
}

/** The way onMetaData is written by every encoder: an ECMA array. */
export function encodeAmfEcmaArray(value: AmfObject): Uint8Array {
  return concatBytes([Uint8Array.of(8), uint32(Object.keys(value).length), properties(value)]);
}

function properties(value: AmfObject): Uint8Array {
  const entries = Object.entries(value).flatMap(([key, entry]) => [
    shortText(encoder.encode(key)),
    encodeValue(entry),
  ]);
  return concatBytes([...entries, Uint8Array.of(0, 0, 9)]);
}

function shortText(text: Uint8Array): Uint8Array {
  return concatBytes([Uint8Array.of(text.length >> 8, text.length & 0xff), text]);
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, value);
  return bytes;
}

/** All values of a message; what follows a damaged value is left out. */
export function decodeAmf(bytes: Uint8Array): AmfValue[] {
  const values: AmfValue[] = [];
  const reader = new AmfReader(bytes);
  try {
    while (!reader.done) values.push(reader.value(0));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return values;
}

class AmfReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
  }

  get done(): boolean {
    return this.#offset >= this.#bytes.length;
  }

  value(depth: number): AmfValue {
    if (depth > MAX_DEPTH) throw new RangeError('AMF nested too deeply');
    const marker = this.#u8();
    switch (marker) {
      case 0:
        return this.#number();
      case 1:
        return this.#u8() !== 0;
      case 2:
        return this.#text(this.#u16());
      case 3:
        return this.#properties(depth);
      case 5:
        return null;
      case 6:
        return undefined;
      case 8:
        this.#u32();
        return this.#properties(depth);
      case 10:
        return this.#list(depth);
      case 11: {
        const time = this.#number();
        this.#u16();
        return time;
      }
      case 12:
        return this.#text(this.#u32());
      default:
        throw new RangeError('unknown AMF marker');
    }
  }

  #list(depth: number): AmfValue[] {
    const count = this.#u32();
    if (count > this.#bytes.length) throw new RangeError('AMF list too long');
    const list: AmfValue[] = [];
    for (let i = 0; i < count; i += 1) list.push(this.value(depth + 1));
    return list;
  }

  #properties(depth: number): AmfObject {
    const entries: [string, AmfValue][] = [];
    while (true) {
      const key = this.#text(this.#u16());
      if (key === '' && this.#bytes[this.#offset] === 9) {
        this.#offset += 1;
        return Object.fromEntries(entries);
      }
      entries.push([key, this.value(depth + 1)]);
    }
  }

  #u8(): number {
    const value = this.#view.getUint8(this.#offset);
    this.#offset += 1;
    return value;
  }

  #u16(): number {
    const value = this.#view.getUint16(this.#offset);
    this.#offset += 2;
    return value;
  }

  #u32(): number {
    const value = this.#view.getUint32(this.#offset);
    this.#offset += 4;
    return value;
  }

  #number(): number {
    const value = this.#view.getFloat64(this.#offset);
    this.#offset += 8;
    return value;
  }

  #text(length: number): string {
    if (this.#offset + length > this.#bytes.length) throw new RangeError('AMF text cut off');
    const text = utf8Text(this.#bytes.subarray(this.#offset, this.#offset + length));
    this.#offset += length;
    return text;
  }
}
