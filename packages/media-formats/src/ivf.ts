import { asciiBytes, concatBytes, viewOf } from './bytes.ts';

/** Start of an IVF file whose times are ms. `fourcc`: `H264` (Annex B) or `VP80`. */
export function ivfHeader(fourcc: 'H264' | 'VP80', width: number, height: number): Uint8Array {
  const header = new Uint8Array(32);
  const view = viewOf(header);
  header.set(asciiBytes('DKIF'));
  view.setUint16(6, 32, true);
  header.set(asciiBytes(fourcc), 8);
  view.setUint16(12, width, true);
  view.setUint16(14, height, true);
  view.setUint32(16, 1_000, true);
  view.setUint32(20, 1, true);
  return header;
}

/** One picture of an IVF file. */
export function ivfFrame(timeMs: number, data: Uint8Array): Uint8Array {
  const head = new Uint8Array(12);
  const view = viewOf(head);
  view.setUint32(0, data.length, true);
  view.setBigUint64(4, BigInt(Math.round(timeMs)), true);
  return concatBytes([head, data]);
}
