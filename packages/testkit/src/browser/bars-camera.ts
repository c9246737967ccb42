/** Colours of the upper row, brightest first, and of the lower: a ramp of greys. R, G, B. */
export const BARS: readonly (readonly (readonly [number, number, number])[])[] = [
  [
    [255, 255, 255],
    [235, 235, 16],
    [16, 235, 235],
    [16, 235, 16],
    [235, 16, 235],
    [235, 16, 16],
    [16, 16, 235],
    [0, 0, 0],
  ],
  [0, 36, 73, 109, 146, 182, 219, 255].map((grey) => [grey, grey, grey] as const),
];

interface BarsCameraOptions {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly bars: typeof BARS;
}

/**
 * Script for `page.addInitScript({ content })` after that of the clock camera: the picture of every camera is colour
 * bars above a ramp, in the format most cameras give (I420, BT.601, limited range).
 */
export function barsCameraScript(size: Omit<BarsCameraOptions, 'bars'>): string {
  return `(${installBarsCamera.toString()})(${JSON.stringify({ ...size, bars: BARS })});`;
}

/** Runs in the page, from its source text: uses nothing but its argument and the browser. */
function installBarsCamera({ width, height, fps, bars }: BarsCameraOptions): void {
  const media: MediaDevices | undefined = navigator.mediaDevices;
  if (media === undefined) return;

  /** BT.601, limited (ITU-R BT.601-7, 2.5). */
  function yuvOf([red, green, blue]: readonly [number, number, number]): [number, number, number] {
    const [r, g, b] = [red / 255, green / 255, blue / 255];
    const luma = 0.299 * r + 0.587 * g + 0.114 * b;
    return [16 + 219 * luma, 128 + (224 * (b - luma)) / 1.772, 128 + (224 * (r - luma)) / 1.402];
  }

  function barsPicture(): Uint8Array {
    const bytes = new Uint8Array((width * height * 3) / 2);
    const colourAt = (x: number, y: number) => {
      const row = bars[y < height / 2 ? 0 : 1] ?? [];
      return yuvOf(row[Math.min(row.length - 1, Math.floor((x * row.length) / width))] ?? [0, 0, 0]);
    };
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) bytes[y * width + x] = Math.round(colourAt(x, y)[0]);
    }
    const [half, rows] = [width / 2, height / 2];
    for (let y = 0; y < rows; y += 1) {
      for (let x = 0; x < half; x += 1) {
        const [, u, v] = colourAt(2 * x, 2 * y);
        bytes[width * height + y * half + x] = Math.round(u);
        bytes[width * height + rows * half + y * half + x] = Math.round(v);
      }
    }
    return bytes;
  }

  function barsTrack(): MediaStreamTrack {
    const generator = new MediaStreamTrackGenerator({ kind: 'video' });
    const writer = generator.writable.getWriter();
    const picture = barsPicture();
    const timer = setInterval(() => {
      const frame = new VideoFrame(picture, {
        format: 'I420',
        codedWidth: width,
        codedHeight: height,
        timestamp: Math.round(performance.now() * 1000),
        colorSpace: {
          primaries: 'smpte170m',
          transfer: 'smpte170m',
          matrix: 'smpte170m',
          fullRange: false,
        },
      });
      // A track that was stopped takes no more.
      writer.write(frame).catch(() => clearInterval(timer));
    }, 1000 / fps);
    generator.getSettings = () => ({ width, height, frameRate: fps, deviceId: 'camera-1' });
    return generator;
  }

  const before = media.getUserMedia.bind(media);
  media.getUserMedia = async (constraints = {}) => {
    const stream = await before(constraints);
    for (const track of stream.getVideoTracks()) {
      stream.removeTrack(track);
      track.stop();
      stream.addTrack(barsTrack());
    }
    return stream;
  };
}
