import { spawn } from 'node:child_process';
import type { Picture } from '@streamus/testkit/clock-pattern';
import { flvFile } from '@streamus/testkit/judge-media';
import type { Publication } from '@streamus/testkit/rtmp-sink';
import { SMALL_PROGRAMME } from './people.ts';

/** Two pictures a second: enough to see what stands and what moves. */
const PICTURES_A_SECOND = 2;

/** What a destination got, decoded; a few pictures of each second, oldest first. */
export async function decodedPictures({ tags }: Publication): Promise<Picture[]> {
  const { width, height } = SMALL_PROGRAMME;
  const file = await flvFile(tags);
  try {
    const bytes = await decode(file.path);
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

function decode(path: string): Promise<Buffer> {
  const filter = ['-vf', `fps=${PICTURES_A_SECOND}`, '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'];
  return new Promise((resolve, reject) => {
    const child = spawn('ffmpeg', ['-v', 'error', '-i', path, '-map', '0:v', ...filter], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-2000);
    });
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(Buffer.concat(chunks)) : reject(new Error(said))));
  });
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
