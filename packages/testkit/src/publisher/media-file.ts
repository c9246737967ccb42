import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { groupPictures, splitAnnexB } from '@streamus/media-formats';

const run = promisify(execFile);

export type ClipCodec = 'h264' | 'vp8';

/** A clip to publish again and again: whole pictures (of VP8: one "NAL unit" each) and 20 ms Opus packets. */
export interface Clip {
  readonly codec: ClipCodec;
  readonly fps: number;
  readonly temporalLayers: 1 | 2;
  readonly pictures: readonly { readonly nals: readonly Uint8Array[]; readonly key: boolean }[];
  readonly packets: readonly Uint8Array[];
}

export interface ClipOptions {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly seconds: number;
  readonly kbps: number;
  /** H.264 unless told otherwise. */
  readonly codec?: ClipCodec;
  /** Of VP8 with an even rate only: rooms can leave out every other picture, as they can of a browser's camera. 1 unless told otherwise. */
  readonly temporalLayers?: 1 | 2;
  /** A plain picture of this colour, `#rrggbb`, instead of a moving test card. */
  readonly colour?: string;
  /** The picture is the wrong way round: other pictures with the same parameter sets. */
  readonly mirrored?: boolean;
}

const H264_ENCODER = [
  ...['-c:v', 'libx264', '-profile:v', 'baseline', '-preset', 'ultrafast', '-bf', '0', '-refs', '1'],
  ...['-x264-params', 'slices=1:scenecut=0:nal-hrd=cbr'],
];
const VP8_ENCODER = [
  ...['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-auto-alt-ref', '0'],
  ...['-keyint_min', '1', '-lag-in-frames', '0'],
];

/**
 * Pictures of the upper layer need those of the lower one alone (FFmpeg's layering mode 2). Without resilience they would still
 * change the probabilities that all after them are read with.
 */
const twoLayers = (kbps: number): string[] => [
  ...['-error-resilient', 'default', '-ts-parameters'],
  [
    ...['ts_layering_mode=2', 'ts_number_layers=2', 'ts_periodicity=2', 'ts_layer_id=0,1'],
    ...['ts_rate_decimator=2,1', `ts_target_bitrate=${Math.round(0.6 * kbps)},${kbps}`],
  ].join(':'),
];

/**
 * Encodes a clip whose picture flashes white for a tenth of every second while a tone beeps at the same moment. One
 * keyframe a second, one slice a picture, baseline, as a browser would send it.
 */
export async function makeClip(options: ClipOptions): Promise<Clip> {
  const { width, height, fps, seconds, kbps, codec = 'h264', colour, mirrored } = options;
  const { temporalLayers = 1 } = options;
  if (temporalLayers === 2 && (codec !== 'vp8' || fps % 2 !== 0))
    throw new RangeError('only VP8 with an even rate has two layers here');
  const card = colour === undefined ? 'testsrc2=' : `color=c=${colour}:`;
  const folder = await mkdtemp(join(tmpdir(), 'streamus-clip-'));
  const [video, audio] = [
    join(folder, `video.${codec === 'vp8' ? 'ivf' : 'h264'}`),
    join(folder, 'audio.ogg'),
  ];
  try {
    await run('ffmpeg', [
      ...['-hide_banner', '-loglevel', 'error', '-y'],
      ...['-f', 'lavfi', '-i', `${card}size=${width}x${height}:rate=${fps}:duration=${seconds}`],
      ...[
        '-f',
        'lavfi',
        '-i',
        `aevalsrc='if(lt(mod(t,1),0.1),0.5*sin(2*PI*1000*t),0)':s=48000:c=stereo:d=${seconds}`,
      ],
      ...[
        '-filter_complex',
        `[0:v]${mirrored === true ? 'hflip,' : ''}drawbox=w=iw:h=ih:t=fill:c=white:enable='lt(mod(t,1),0.1)'[v]`,
      ],
      ...['-map', '[v]', '-pix_fmt', 'yuv420p', '-g', String(fps), '-b:v', `${kbps}k`],
      ...['-minrate', `${kbps}k`, '-maxrate', `${kbps}k`, '-bufsize', `${kbps}k`],
      ...(codec === 'vp8' ? VP8_ENCODER : H264_ENCODER),
      ...(temporalLayers === 2 ? twoLayers(kbps) : []),
      video,
      ...['-map', '1:a', '-c:a', 'libopus', '-b:a', '96k', '-frame_duration', '20', '-vbr', 'off', audio],
    ]);
    return {
      codec,
      fps,
      temporalLayers,
      pictures:
        codec === 'vp8'
          ? ivfPictures(await readFile(video))
          : groupPictures(splitAnnexB(await readFile(video))),
      // The encoder adds a packet for its delay; the clip must loop in step with the picture.
      packets: opusPackets(await readFile(audio)).slice(0, seconds * 50),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function ivfPictures(file: Buffer): Clip['pictures'] {
  const pictures: { nals: Uint8Array[]; key: boolean }[] = [];
  for (let offset = 32; offset + 12 <= file.length; ) {
    const size = file.readUInt32LE(offset);
    const frame = file.subarray(offset + 12, offset + 12 + size);
    // The lowest bit of a VP8 picture is 0 for a keyframe (RFC 6386 9.1).
    pictures.push({ nals: [frame], key: ((frame[0] ?? 1) & 1) === 0 });
    offset += 12 + size;
  }
  return pictures;
}

/** Packets of an Ogg Opus file without its two header packets. */
function opusPackets(file: Uint8Array): Uint8Array[] {
  const packets: Uint8Array[] = [];
  let unfinished: Uint8Array[] = [];
  for (let page = 0; page + 27 <= file.length; ) {
    const segments = file[page + 26] ?? 0;
    let offset = page + 27 + segments;
    for (let i = 0; i < segments; i += 1) {
      const size = file[page + 27 + i] ?? 0;
      unfinished.push(file.subarray(offset, offset + size));
      offset += size;
      if (size < 255) {
        packets.push(new Uint8Array(Buffer.concat(unfinished)));
        unfinished = [];
      }
    }
    page = offset;
  }
  return packets.slice(2);
}
