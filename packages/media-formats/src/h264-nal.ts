import { concatBytes } from './bytes.ts';

/** NAL unit types of H.264 (ITU-T H.264 table 7-1) that the media path looks at. */
export const NAL_SLICE = 1;
export const NAL_IDR = 5;
export const NAL_SPS = 7;
export const NAL_PPS = 8;
export const NAL_AUD = 9;

export function nalType(nal: Uint8Array): number {
  return (nal[0] ?? 0) & 0x1f;
}

/** Splits an Annex B stream (00 00 01 start codes) into its NAL units, trailing zeros removed. */
export function splitAnnexB(stream: Uint8Array): Uint8Array[] {
  const starts: number[] = [];
  for (let i = 0; i + 2 < stream.length; i += 1) {
    if (stream[i] === 0 && stream[i + 1] === 0 && stream[i + 2] === 1) {
      starts.push(i + 3);
      i += 2;
    }
  }
  const nals: Uint8Array[] = [];
  starts.forEach((start, index) => {
    const next = starts[index + 1];
    let end = next === undefined ? stream.length : next - 3;
    while (end > start && stream[end - 1] === 0) end -= 1;
    if (end > start) nals.push(stream.subarray(start, end));
  });
  return nals;
}

const START_CODE = Uint8Array.of(0, 0, 0, 1);

/** NAL units as an Annex B stream. */
export function joinAnnexB(nals: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return concatBytes(nals.flatMap((nal) => [START_CODE, nal]));
}

/** Removes emulation prevention bytes (00 00 03 -> 00 00). */
function removeEmulation(nal: Uint8Array): Uint8Array {
  const out = new Uint8Array(nal.length);
  let length = 0;
  let zeros = 0;
  for (const byte of nal) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    out[length] = byte;
    length += 1;
  }
  return out.subarray(0, length);
}

class BitReader {
  readonly #bytes: Uint8Array;
  #bit = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  bit(): number {
    const byte = this.#bytes[this.#bit >> 3];
    if (byte === undefined) throw new RangeError('bits ran out');
    const value = (byte >> (7 - (this.#bit & 7))) & 1;
    this.#bit += 1;
    return value;
  }

  bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i += 1) value = value * 2 + this.bit();
    return value;
  }

  /** Unsigned Exp-Golomb code, ue(v). */
  unsigned(): number {
    let zeros = 0;
    while (this.bit() === 0) {
      zeros += 1;
      if (zeros > 32) throw new RangeError('Exp-Golomb code too long');
    }
    return 2 ** zeros - 1 + this.bits(zeros);
  }

  /** Signed Exp-Golomb code, se(v). */
  signed(): number {
    const code = this.unsigned();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }
}

export interface SpsInfo {
  readonly id: number;
  readonly profile: number;
  readonly constraints: number;
  readonly level: number;
  /** Visible picture size in pixels (cropping applied). */
  readonly width: number;
  readonly height: number;
  readonly maxRefFrames: number;
}

const EXTENDED_SAR = 255;

/** Profiles whose SPS carries chroma format and scaling lists (H.264 7.3.2.1.1). */
const HIGH_PROFILES = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

/** Reads an SPS NAL unit; undefined when it is damaged. */
export function parseSps(nal: Uint8Array): SpsInfo | undefined {
  return orUndefined(() => (nalType(nal) === NAL_SPS ? readSps(spsReader(nal)) : undefined));
}

/** How decoded samples are to be understood (H.264 E.2.1), as numbers of ISO 23091-2. */
export interface VideoSignal {
  readonly fullRange: boolean;
  readonly primaries: number;
  readonly transfer: number;
  readonly matrix: number;
}

/** What an SPS says about its colours; undefined when it says nothing. */
export function parseVideoSignal(nal: Uint8Array): VideoSignal | undefined {
  return orUndefined(() => {
    if (nalType(nal) !== NAL_SPS) return undefined;
    const reader = spsReader(nal);
    return readSps(reader) === undefined ? undefined : readVideoSignal(reader);
  });
}

function orUndefined<T>(read: () => T | undefined): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const spsReader = (nal: Uint8Array): BitReader => new BitReader(removeEmulation(nal.subarray(1)));

/** Follows directly upon what `readSps` reads. */
function readVideoSignal(reader: BitReader): VideoSignal | undefined {
  if (reader.bit() === 0) return undefined; // vui_parameters_present_flag
  if (reader.bit() === 1 && reader.bits(8) === EXTENDED_SAR) reader.bits(32); // aspect ratio
  if (reader.bit() === 1) reader.bit(); // overscan
  if (reader.bit() === 0) return undefined; // video_signal_type_present_flag
  reader.bits(3); // video_format
  const fullRange = reader.bit() === 1;
  if (reader.bit() === 0) return undefined; // colour_description_present_flag
  return { fullRange, primaries: reader.bits(8), transfer: reader.bits(8), matrix: reader.bits(8) };
}

function readSps(reader: BitReader): SpsInfo | undefined {
  const profile = reader.bits(8);
  const constraints = reader.bits(8);
  const level = reader.bits(8);
  const id = reader.unsigned();
  const chroma = HIGH_PROFILES.has(profile) ? readChroma(reader) : { format: 1, separate: false };
  reader.unsigned(); // log2_max_frame_num_minus4
  skipPictureOrder(reader);
  const maxRefFrames = reader.unsigned();
  reader.bit(); // gaps_in_frame_num_value_allowed_flag
  const widthInMbs = reader.unsigned() + 1;
  const heightInMapUnits = reader.unsigned() + 1;
  const framesOnly = reader.bit();
  if (framesOnly === 0) reader.bit(); // mb_adaptive_frame_field_flag
  reader.bit(); // direct_8x8_inference_flag
  const crop = readCrop(reader);
  const subX = chroma.format === 1 || chroma.format === 2 ? 2 : 1;
  const subY = chroma.format === 1 ? 2 : 1;
  const width = widthInMbs * 16 - (crop.left + crop.right) * subX;
  const height = (2 - framesOnly) * (heightInMapUnits * 16 - (crop.top + crop.bottom) * subY);
  if (id > 31 || width <= 0 || height <= 0 || width > 16384 || height > 16384) return undefined;
  return { id, profile, constraints, level, width, height, maxRefFrames };
}

function readChroma(reader: BitReader): { format: number; separate: boolean } {
  const format = reader.unsigned();
  const separate = format === 3 && reader.bit() === 1;
  reader.unsigned(); // bit_depth_luma_minus8
  reader.unsigned(); // bit_depth_chroma_minus8
  reader.bit(); // qpprime_y_zero_transform_bypass_flag
  if (reader.bit() === 1) {
    for (let list = 0; list < (format === 3 ? 12 : 8); list += 1) {
      if (reader.bit() === 1) skipScalingList(reader, list < 6 ? 16 : 64);
    }
  }
  return { format, separate };
}

function skipScalingList(reader: BitReader, size: number): void {
  let last = 8;
  let next = 8;
  for (let i = 0; i < size; i += 1) {
    if (next !== 0) next = (last + reader.signed() + 256) % 256;
    if (next !== 0) last = next;
  }
}

function skipPictureOrder(reader: BitReader): void {
  const type = reader.unsigned();
  if (type === 0) {
    reader.unsigned();
  } else if (type === 1) {
    reader.bit();
    reader.signed();
    reader.signed();
    const cycle = reader.unsigned();
    if (cycle > 255) throw new RangeError('picture order cycle too long');
    for (let i = 0; i < cycle; i += 1) reader.signed();
  }
}

function readCrop(reader: BitReader): { left: number; right: number; top: number; bottom: number } {
  if (reader.bit() === 0) return { left: 0, right: 0, top: 0, bottom: 0 };
  return {
    left: reader.unsigned(),
    right: reader.unsigned(),
    top: reader.unsigned(),
    bottom: reader.unsigned(),
  };
}

/** The id a PPS NAL unit has and the SPS it belongs to; undefined when damaged. */
export function parsePpsIds(nal: Uint8Array): { id: number; spsId: number } | undefined {
  if (nalType(nal) !== NAL_PPS) return undefined;
  try {
    const reader = new BitReader(removeEmulation(nal.subarray(1, 16)));
    const id = reader.unsigned();
    const spsId = reader.unsigned();
    return id > 255 || spsId > 31 ? undefined : { id, spsId };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Id of the PPS a slice (types 1 to 5) uses; undefined for other NAL units and damaged ones. */
export function slicePpsId(nal: Uint8Array): number | undefined {
  const type = nalType(nal);
  if (type < NAL_SLICE || type > NAL_IDR) return undefined;
  try {
    const reader = new BitReader(removeEmulation(nal.subarray(1, 24)));
    reader.unsigned(); // first_mb_in_slice
    reader.unsigned(); // slice_type
    const id = reader.unsigned();
    return id > 255 ? undefined : id;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
