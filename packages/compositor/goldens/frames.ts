import type { FrameMistake } from './kinds.ts';
import type { FrameLook } from './scene.ts';

/** How much red and blue weigh in luma. */
const WEIGHTS = { bt709: [0.2126, 0.0722], smpte170m: [0.299, 0.114] } as const;
/** What a frame is said to be that is made without tags (WebCodecs, VideoColorSpace of YUV formats). */
const UNTAGGED = WEIGHTS.bt709;

/**
 * A frame of a canvas's picture as a camera or decoder would deliver it.
 * @param exact in RGB, whatever the look says: what a surface should make of the other formats
 */
export function frameOf(picture: OffscreenCanvas, look: FrameLook | null, exact: boolean): VideoFrame {
  if (look === null) return new VideoFrame(picture, { timestamp: 0 });
  // `rotation` and `flip` are younger than the compiler's list.
  const turn = { rotation: look.rotation, flip: look.flip };
  if (exact) return new VideoFrame(picture, { timestamp: 0, ...turn });
  const { width, height } = picture;
  const { x: left, y: top } = look.margin;
  const coded = { width: even(width + 2 * left), height: even(height + 2 * top) };
  const { matrix, fullRange, format } = look;
  const planes = planesOf(picture, look, coded);
  return new VideoFrame(planes, {
    format,
    codedWidth: coded.width,
    codedHeight: coded.height,
    visibleRect: { x: left, y: top, width, height },
    timestamp: 0,
    ...turn,
    ...(matrix === null
      ? {}
      : { colorSpace: { matrix, fullRange, primaries: 'bt709' as const, transfer: 'bt709' as const } }),
  });
}

const even = (length: number): number => 2 * Math.ceil(length / 2);

function planesOf(
  picture: OffscreenCanvas,
  { matrix, fullRange, format, margin }: FrameLook,
  coded: { width: number; height: number },
): Uint8Array<ArrayBuffer> {
  const context = picture.getContext('2d');
  if (context === null) throw new Error('no 2D canvas');
  const { width, height } = picture;
  const { data } = context.getImageData(0, 0, width, height);
  const [red, blue] = matrix === null ? UNTAGGED : WEIGHTS[matrix];
  const [base, scale, chroma] = fullRange ? [0, 255, 255] : [16, 219, 224];
  const channel = (x: number, y: number, n: number): number => {
    const column = Math.min(width - 1, Math.max(0, x - margin.x));
    const row = Math.min(height - 1, Math.max(0, y - margin.y));
    return (data[4 * (row * width + column) + n] ?? 0) / 255;
  };
  const samples = coded.width * coded.height;
  const bytes = new Uint8Array((samples * 3) / 2);
  for (let y = 0; y < coded.height; y += 1) {
    for (let x = 0; x < coded.width; x += 1) {
      // What is not to be seen is loud.
      const seen = x >= margin.x && x < margin.x + width && y >= margin.y && y < margin.y + height;
      const [r, g, b] = seen || margin.x === 0 ? [0, 1, 2].map((n) => channel(x, y, n)) : [1, 0, 1];
      bytes[y * coded.width + x] = Math.round(base + scale * lumaOf(r ?? 0, g ?? 0, b ?? 0, red, blue));
    }
  }
  const half = { width: coded.width / 2, height: coded.height / 2 };
  for (let y = 0; y < half.height; y += 1) {
    for (let x = 0; x < half.width; x += 1) {
      const [r, g, b] = [0, 1, 2].map(
        (n) => [0, 1, 2, 3].reduce((sum, p) => sum + channel(2 * x + (p % 2), 2 * y + (p >> 1), n), 0) / 4,
      );
      const luma = lumaOf(r ?? 0, g ?? 0, b ?? 0, red, blue);
      const u = Math.round(128 + (chroma * ((b ?? 0) - luma)) / (2 * (1 - blue)));
      const v = Math.round(128 + (chroma * ((r ?? 0) - luma)) / (2 * (1 - red)));
      const at = y * half.width + x;
      if (format === 'NV12') bytes.set([u, v], samples + 2 * at);
      else {
        bytes[samples + at] = u;
        bytes[samples + half.width * half.height + at] = v;
      }
    }
  }
  return bytes;
}

const lumaOf = (r: number, g: number, b: number, red: number, blue: number): number =>
  red * r + (1 - red - blue) * g + blue * b;

/** The same pixels under a wrong name. Takes over `frame`. */
export async function spoilt(frame: VideoFrame, mistake: FrameMistake): Promise<VideoFrame> {
  if (mistake === 'half a pixel') return frame;
  const bytes = new Uint8Array(frame.allocationSize());
  const layout = await frame.copyTo(bytes);
  const { format, codedWidth, codedHeight, timestamp } = frame;
  if (format === null) throw new Error('the frame cannot be read');
  const tags = { primaries: 'bt709', transfer: 'bt709' } as const;
  frame.close();
  return new VideoFrame(bytes, {
    format,
    codedWidth,
    codedHeight,
    timestamp,
    layout,
    colorSpace:
      mistake === 'a wrong matrix'
        ? { ...tags, matrix: 'smpte170m', fullRange: false }
        : { ...tags, matrix: 'bt709', fullRange: true },
  });
}

/**
 * Draws a frame, planes by the exact formula: Chromium's own conversion of BT.709 gives blue a factor of 2.0 instead of
 * 2.11 (six bits and a sign in libyuv), five levels beside the truth. Takes over `frame`.
 */
export async function decoded(frame: VideoFrame): Promise<OffscreenCanvas> {
  const { displayWidth: width, displayHeight: height, format, colorSpace } = frame;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('no 2D canvas');
  if (format !== 'I420') {
    context.drawImage(frame, 0, 0);
    frame.close();
    return canvas;
  }
  const bytes = new Uint8Array(frame.allocationSize());
  const [y, u, v] = await frame.copyTo(bytes);
  const [red, blue] = colorSpace.matrix === 'smpte170m' ? WEIGHTS.smpte170m : WEIGHTS.bt709;
  const [base, scale, chroma] = colorSpace.fullRange === true ? [0, 255, 255] : [16, 219, 224];
  frame.close();
  if (y === undefined || u === undefined || v === undefined) throw new Error('the frame has no planes');
  const image = context.createImageData(width, height);
  const at = (plane: PlaneLayout, column: number, row: number): number =>
    bytes[plane.offset + row * plane.stride + column] ?? 0;
  for (let row = 0; row < height; row += 1) {
    for (let x = 0; x < width; x += 1) {
      const luma = (255 * (at(y, x, row) - base)) / scale;
      const b = luma + (255 * 2 * (1 - blue) * (at(u, x >> 1, row >> 1) - 128)) / chroma;
      const r = luma + (255 * 2 * (1 - red) * (at(v, x >> 1, row >> 1) - 128)) / chroma;
      const to = 4 * (row * width + x);
      image.data[to] = r;
      image.data[to + 1] = (luma - red * r - blue * b) / (1 - red - blue);
      image.data[to + 2] = b;
      image.data[to + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}
