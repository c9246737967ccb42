import { bytesEqual, concatBytes, viewOf } from './bytes.ts';
import {
  NAL_AUD,
  NAL_IDR,
  NAL_PPS,
  NAL_SPS,
  nalType,
  parsePpsIds,
  parseSps,
  type SpsInfo,
  slicePpsId,
} from './h264-nal.ts';

/** The parameter sets of one H.264 stream, by id. */
export interface ParameterSets {
  readonly sps: readonly Uint8Array[];
  readonly pps: readonly Uint8Array[];
}

export const NO_PARAMETER_SETS: ParameterSets = { sps: [], pps: [] };

/** Both streams' sets in one list, so that one avcC serves both. Where ids clash the first one wins. */
export function mergeParameterSets(first: ParameterSets, second: ParameterSets): ParameterSets {
  return {
    sps: mergeById(first.sps, second.sps, (nal) => parseSps(nal)?.id),
    pps: mergeById(first.pps, second.pps, (nal) => parsePpsIds(nal)?.id),
  };
}

function mergeById(
  first: readonly Uint8Array[],
  second: readonly Uint8Array[],
  idOf: (nal: Uint8Array) => number | undefined,
): Uint8Array[] {
  const taken = new Set(first.map(idOf));
  return [...first, ...second.filter((nal) => !taken.has(idOf(nal)))];
}

/** `known` with the in-band sets of one access unit put in; the same object when nothing changed. */
export function updateParameterSets(known: ParameterSets, nals: readonly Uint8Array[]): ParameterSets {
  const sps = nals.filter((nal) => nalType(nal) === NAL_SPS && parseSps(nal) !== undefined);
  const pps = nals.filter((nal) => nalType(nal) === NAL_PPS && parsePpsIds(nal) !== undefined);
  if (sps.length === 0 && pps.length === 0) return known;
  const updated = mergeParameterSets({ sps, pps }, known);
  return sameParameterSets(updated, known) ? known : sortParameterSets(updated);
}

function sortParameterSets(sets: ParameterSets): ParameterSets {
  return {
    sps: sets.sps.toSorted((a, b) => (parseSps(a)?.id ?? 0) - (parseSps(b)?.id ?? 0)),
    pps: sets.pps.toSorted((a, b) => (parsePpsIds(a)?.id ?? 0) - (parsePpsIds(b)?.id ?? 0)),
  };
}

export function sameParameterSets(a: ParameterSets, b: ParameterSets): boolean {
  return (
    sameLists(sortParameterSets(a).sps, sortParameterSets(b).sps) &&
    sameLists(sortParameterSets(a).pps, sortParameterSets(b).pps)
  );
}

function sameLists(a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean {
  return a.length === b.length && a.every((nal, index) => bytesEqual(nal, b[index] ?? new Uint8Array(0)));
}

export function complete(sets: ParameterSets): boolean {
  return sets.sps.length > 0 && sets.pps.length > 0;
}

/** The picture described by the first SPS. */
export function describeVideo(sets: ParameterSets): SpsInfo | undefined {
  const [first] = sets.sps;
  return first === undefined ? undefined : parseSps(first);
}

/** AVCDecoderConfigurationRecord (ISO 14496-15 5.3.3.1) with 4-byte NAL lengths; lists every set it is given. */
export function buildAvcC(sets: ParameterSets): Uint8Array<ArrayBuffer> {
  const [first] = sets.sps;
  if (first === undefined || first.length < 4 || sets.sps.length > 31 || sets.pps.length > 255) {
    throw new RangeError('an avcC needs 1 to 31 SPS and at most 255 PPS');
  }
  const listed = [...sets.sps, ...sets.pps];
  const record = new Uint8Array(7 + listed.reduce((sum, nal) => sum + 2 + nal.length, 0));
  record.set([1, first[1] ?? 0, first[2] ?? 0, first[3] ?? 0, 0xff, 0xe0 | sets.sps.length]);
  let offset = 6;
  const put = (nal: Uint8Array) => {
    viewOf(record).setUint16(offset, nal.length);
    record.set(nal, offset + 2);
    offset += 2 + nal.length;
  };
  for (const nal of sets.sps) put(nal);
  record[offset] = sets.pps.length;
  offset += 1;
  for (const nal of sets.pps) put(nal);
  return record;
}

/** Reads the sets out of an avcC; undefined when it is damaged. */
export function parseAvcC(record: Uint8Array): ParameterSets | undefined {
  let offset = 6;
  const read = (count: number): Uint8Array[] | undefined => {
    const nals: Uint8Array[] = [];
    for (let i = 0; i < count; i += 1) {
      if (offset + 2 > record.length) return undefined;
      const size = viewOf(record).getUint16(offset);
      offset += 2;
      if (offset + size > record.length) return undefined;
      nals.push(record.subarray(offset, offset + size));
      offset += size;
    }
    return nals;
  };
  if (record.length < 7 || record[0] !== 1) return undefined;
  const sps = read((record[5] ?? 0) & 0x1f);
  if (sps === undefined || offset >= record.length) return undefined;
  const count = record[offset] ?? 0;
  offset += 1;
  const pps = read(count);
  return pps === undefined ? undefined : { sps, pps };
}

/** One access unit as FLV and MP4 carry it: 4-byte lengths, in-band parameter sets and delimiters left out. */
export function toAvcc(nals: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return withLengths(nals.filter((nal) => ![NAL_SPS, NAL_PPS, NAL_AUD].includes(nalType(nal))));
}

/**
 * A keyframe's access unit with the parameter sets it uses in front, as an `avc3` or a transport stream carries it. Sets
 * of other streams stay out: players take the last one they see for the size of the picture.
 */
export function withParameterSets(unit: Uint8Array, sets: ParameterSets): Uint8Array<ArrayBuffer> {
  const ppsId = (splitAvcc(unit) ?? []).map(slicePpsId).find((id) => id !== undefined);
  const used = sets.pps.find((nal) => parsePpsIds(nal)?.id === ppsId);
  const spsId = used === undefined ? undefined : parsePpsIds(used)?.spsId;
  const sps = sets.sps.filter((nal) => parseSps(nal)?.id === spsId);
  const pps = sets.pps.filter((nal) => parsePpsIds(nal)?.spsId === spsId);
  return concatBytes([withLengths([...sps, ...pps]), unit]);
}

function withLengths(nals: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const unit = new Uint8Array(nals.reduce((sum, nal) => sum + 4 + nal.length, 0));
  const view = viewOf(unit);
  let offset = 0;
  for (const nal of nals) {
    view.setUint32(offset, nal.length);
    unit.set(nal, offset + 4);
    offset += 4 + nal.length;
  }
  return unit;
}

/** Splits a 4-byte-length access unit; undefined when lengths do not add up. */
export function splitAvcc(unit: Uint8Array): Uint8Array[] | undefined {
  const view = viewOf(unit);
  const nals: Uint8Array[] = [];
  let offset = 0;
  while (offset < unit.length) {
    if (offset + 4 > unit.length) return undefined;
    const size = view.getUint32(offset);
    offset += 4;
    if (size === 0 || offset + size > unit.length) return undefined;
    nals.push(unit.subarray(offset, offset + size));
    offset += size;
  }
  return nals;
}

/** Groups the NAL units of an Annex B file of one slice per picture into access units. */
export function groupPictures(nals: readonly Uint8Array[]): { nals: Uint8Array[]; key: boolean }[] {
  const pictures: { nals: Uint8Array[]; key: boolean }[] = [];
  let pending: Uint8Array[] = [];
  for (const nal of nals) {
    pending.push(nal);
    const type = nalType(nal);
    if (type >= 1 && type <= NAL_IDR) {
      pictures.push({ nals: pending, key: type === NAL_IDR });
      pending = [];
    }
  }
  return pictures;
}
