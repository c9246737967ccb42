/** Kinds of image that are re-encoded; SVG is told apart because it is refused with its own reason. */
export type SniffedImage = 'png' | 'jpeg' | 'webp' | 'gif' | 'avif' | 'svg';

/** As many bytes from the beginning as `sniffImage` looks at. */
export const SNIFF_BYTES = 1024;

const PNG = '\x89PNG\r\n\x1a\n';
const JPEG = '\xff\xd8\xff';

/** What the first bytes of a file say it is, whatever its name says; null: nothing that is accepted. */
export function sniffImage(head: Uint8Array): SniffedImage | null {
  const text = Buffer.from(head.subarray(0, SNIFF_BYTES)).toString('latin1');
  if (text.startsWith(PNG)) return 'png';
  if (text.startsWith(JPEG)) return 'jpeg';
  if (/^GIF8[79]a/.test(text)) return 'gif';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'webp';
  if (text.slice(4, 8) === 'ftyp') return brands(head, text).some(isAvif) ? 'avif' : null;
  return /<svg[\s>]/i.test(text) ? 'svg' : null;
}

const isAvif = (brand: string): boolean => brand === 'avif' || brand === 'avis';

/** Major and compatible brands of an ISO media file's first box (ISO/IEC 14496-12, 4.3). */
function brands(head: Uint8Array, text: string): string[] {
  if (head.length < 16) return [];
  const size = Math.min(new DataView(head.buffer, head.byteOffset).getUint32(0), text.length);
  const found = [text.slice(8, 12)];
  for (let at = 16; at + 4 <= size; at += 4) found.push(text.slice(at, at + 4));
  return found;
}
