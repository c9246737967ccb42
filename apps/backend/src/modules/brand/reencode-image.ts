import sharp, { type Metadata } from 'sharp';
import { AppError } from '../../http/app-error.ts';

/** The contract's limit; decoding this many pixels takes about 200 MB. */
const MAX_PIXELS = 50_000_000;
const readable = new Set(['jpeg', 'png', 'webp', 'gif', 'avif']);

/** Longest edges in pixels: a logo never fills a frame, a background fills the largest programme (4K). */
const maxEdge = { logo: 1024, background: 3840 } as const;

/**
 * Decodes an upload by its content, whatever its name says, and writes a clean PNG: no metadata, no script, turned
 * upright, at most the size its use needs.
 */
export async function reencodeImage(
  bytes: Uint8Array,
  type: 'logo' | 'background',
): Promise<{ png: Buffer; width: number; height: number }> {
  const metadata = await readMetadata(bytes);
  if (!readable.has(metadata.format)) throw new AppError('image_unreadable');
  if (metadata.width * metadata.height > MAX_PIXELS) throw new AppError('image_too_large');
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      .rotate()
      .resize(maxEdge[type], maxEdge[type], { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .png({ compressionLevel: 7 })
      .toBuffer({ resolveWithObject: true });
    return { png: data, width: info.width, height: info.height };
  } catch {
    throw new AppError('image_unreadable');
  }
}

async function readMetadata(bytes: Uint8Array): Promise<Metadata> {
  try {
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch {
    throw new AppError('image_unreadable');
  }
}
