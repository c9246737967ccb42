import { open, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AVIF_MAX_PIXELS, type BrandAssetType, IMAGE_MAX_PIXELS } from '@streamus/contracts';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { AppError } from '../../http/app-error.ts';
import { SNIFF_BYTES, sniffImage } from './sniff-image.ts';
import { Turns } from './turns.ts';

/** Longest edges in pixels: a logo never fills a frame, the others may fill the largest programme (4K). */
const maxEdge: Record<BrandAssetType, number> = { logo: 1024, background: 3840, overlay: 3840 };
/** The contract's promise. */
const THUMBNAIL_EDGE = 480;
/** The slowest picture allowed (interlaced 16-bit PNG of 50 megapixels) takes 3 s on a busy machine of two cores. */
const TIMEOUT_SECONDS = 20;
/** Less free disk than the largest image written takes. */
const FULL_DISK_BYTES = 64 * 1024 * 1024;
/** One at a time: the largest pictures that cannot be read in strips take 460 MB (interlaced 16-bit PNG, AVIF). */
const turns = new Turns(1, 32);

// Only decoders of what is accepted may run, whatever a file claims to be.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadPng',
    'VipsForeignLoadJpeg',
    'VipsForeignLoadWebp',
    'VipsForeignLoadNsgif',
    'VipsForeignLoadHeif',
  ],
});
// Every file is read once.
sharp.cache(false);

/** An image that may be shown: files on this machine until they are moved to the object store. */
export interface CleanImage {
  readonly file: string;
  readonly thumbnail: string;
  readonly contentType: 'image/png' | 'image/jpeg';
  readonly width: number;
  readonly height: number;
  /** Of both files. */
  readonly bytes: number;
}

/**
 * Decodes an upload by its content, whatever its name says, and writes it anew beside `path`: no metadata, no
 * script, turned upright, at most the size its use needs, of an animation the first picture.
 */
export async function reencodeImage(path: string, type: BrandAssetType): Promise<CleanImage> {
  const { photograph } = await checkImage(path, type);
  const done = await turns.take(() => write(path, type, photograph));
  if (done === null) throw new AppError('images_busy');
  return done;
}

/** Refuses from the first bytes and the header, before anything is decoded. */
async function checkImage(path: string, type: BrandAssetType): Promise<{ photograph: boolean }> {
  const format = sniffImage(await readHead(path));
  if (format === null) throw new AppError('image_unreadable');
  if (format === 'svg') throw new AppError('image_svg');
  const { width, height, hasAlpha } = await readMetadata(path);
  const most = format === 'avif' ? AVIF_MAX_PIXELS : IMAGE_MAX_PIXELS;
  if (width * height > most) throw new AppError('image_too_large');
  const lossy = format === 'jpeg' || format === 'avif' || (format === 'webp' && type === 'background');
  return { photograph: lossy && !hasAlpha };
}

async function write(path: string, type: BrandAssetType, photograph: boolean): Promise<CleanImage> {
  const edge = maxEdge[type];
  try {
    const upright = sharp(path, { limitInputPixels: IMAGE_MAX_PIXELS, failOn: 'error', autoOrient: true })
      .timeout({ seconds: TIMEOUT_SECONDS })
      .resize(edge, edge, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb');
    const file = `${path}.clean`;
    const { width, height } = await encode(upright, photograph).toFile(file);
    const thumbnail = `${path}.thumbnail`;
    const small = sharp(file).resize(THUMBNAIL_EDGE, THUMBNAIL_EDGE, {
      fit: 'inside',
      withoutEnlargement: true,
    });
    await encode(small, photograph).toFile(thumbnail);
    const bytes = (await stat(file)).size + (await stat(thumbnail)).size;
    return { file, thumbnail, contentType: photograph ? 'image/jpeg' : 'image/png', width, height, bytes };
  } catch (error) {
    if (await diskIsFull(path)) throw error;
    throw new AppError('image_unreadable');
  }
}

/** A photograph stays one: as PNG it would be ten times as large, and gain nothing. */
function encode(picture: Sharp, photograph: boolean): Sharp {
  return photograph
    ? picture.jpeg({ quality: 90, chromaSubsampling: '4:4:4' })
    : picture.png({ compressionLevel: 7 });
}

async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: new Uint8Array(SNIFF_BYTES) });
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function readMetadata(path: string): Promise<Metadata> {
  try {
    return await sharp(path, { limitInputPixels: false }).metadata();
  } catch {
    throw new AppError('image_unreadable');
  }
}

/** libvips says in the same words that it could not read and that it could not write. */
async function diskIsFull(path: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(dirname(path));
  return bavail * bsize < FULL_DISK_BYTES;
}
