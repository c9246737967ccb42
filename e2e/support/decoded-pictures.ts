import type { Picture } from '@streamus/testkit/clock-pattern';
import { decodeVideo, flvFile } from '@streamus/testkit/judge-media';
import type { Publication } from '@streamus/testkit/rtmp-sink';
import { SMALL_PROGRAMME } from './people.ts';

/** Two pictures a second: enough to see what stands and what moves. */
const PICTURES_A_SECOND = 2;

/** What a destination got, decoded; a few pictures of each second, oldest first. */
export async function decodedPictures({ tags }: Publication): Promise<Picture[]> {
  const { width, height } = SMALL_PROGRAMME;
  const file = await flvFile(tags);
  try {
    const chunks: Buffer[] = [];
    await decodeVideo(file.path, 'rgb24', (chunk) => chunks.push(chunk), `fps=${PICTURES_A_SECOND}`);
    const bytes = Buffer.concat(chunks);
    const size = width * height * 3;
    return Array.from({ length: Math.floor(bytes.length / size) }, (_, index) => ({
      data: bytes.subarray(index * size, (index + 1) * size),
      width,
      height,
      channels: 3,
    }));
  } finally {
    await file.close();
  }
}

export interface Share {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Share 0..1 of an area's pixels that differ between two pictures by more than a codec's noise. */
export function changedShare(before: Picture, after: Picture, area: Share): number {
  const [left, top] = [Math.round(area.x * before.width), Math.round(area.y * before.height)];
  const [right, bottom] = [
    Math.round((area.x + area.width) * before.width),
    Math.round((area.y + area.height) * before.height),
  ];
  let changed = 0;
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const at = (y * before.width + x) * 3 + 1;
      if (Math.abs((before.data[at] ?? 0) - (after.data[at] ?? 0)) > 60) changed += 1;
    }
  }
  return changed / ((right - left) * (bottom - top));
}
