import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  groupPictures,
  NAL_PPS,
  NAL_SPS,
  nalType,
  type ParameterSets,
  splitAnnexB,
  toAvcc,
} from '@streamus/media-formats';
import { BT709, type SlateColours } from './slate-colours.ts';

const run = promisify(execFile);

export interface PictureFormat {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
}

/** A GOP of two seconds to be shown again and again. */
export interface Slate {
  readonly sets: ParameterSets;
  readonly pictures: readonly { readonly unit: Uint8Array; readonly key: boolean }[];
  readonly frameMs: number;
}

/** The studio's brand, as far as the slate shows it. Files are pictures of any kind FFmpeg reads. */
export interface SlateLook {
  /** #rrggbb */
  readonly backgroundColour: string;
  readonly backgroundFile: string | null;
  readonly logoFile: string | null;
}

export const PLAIN_LOOK: SlateLook = { backgroundColour: '#12161f', backgroundFile: null, logoFile: null };

export interface SlateWish {
  readonly format: PictureFormat;
  /** Id of its parameter sets: one that the live stream does not use. */
  readonly setId: number;
  readonly look: SlateLook;
  readonly colours: SlateColours;
}

const SECONDS = 2;
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const ENCODE_MS = 20_000;
const COLOUR = /^#[0-9a-f]{6}$/i;

/** Encodes the studio's background and logo with a pause sign, made to alternate with a browser's stream. Rejects when a file is broken. */
export async function makeSlate({ format, setId, look, colours }: SlateWish): Promise<Slate> {
  const { fps } = format;
  const { matrix, primaries, transfer, fullRange } = colours;
  const { stdout } = await run(
    'ffmpeg',
    [
      ...['-hide_banner', '-loglevel', 'error', '-nostdin'],
      ...inputs(format, look),
      ...['-filter_complex', picture(format, look, colours), '-map', '[slate]', '-t', String(SECONDS)],
      ...['-c:v', 'libx264', '-profile:v', 'baseline', '-preset', 'veryfast', '-crf', '26'],
      ...['-refs', '1', '-bf', '0', '-g', String(fps * SECONDS)],
      ...[
        '-x264-params',
        [
          `sps-id=${setId}:slices=1:scenecut=0:threads=1:range=${fullRange ? 'pc' : 'tv'}`,
          `colormatrix=${matrix}:colorprim=${primaries}:transfer=${transfer}`,
        ].join(':'),
      ],
      ...['-f', 'h264', 'pipe:1'],
    ],
    { encoding: 'buffer', maxBuffer: MAX_OUTPUT_BYTES, timeout: ENCODE_MS, killSignal: 'SIGKILL' },
  );
  return readSlate(stdout, fps);
}

function inputs({ width, height, fps }: PictureFormat, look: SlateLook): string[] {
  if (!COLOUR.test(look.backgroundColour)) throw new Error('the background is no colour');
  const colour = `color=c=${look.backgroundColour}:s=${width}x${height}:r=${fps}:d=${1 / fps},format=gbrp`;
  return [
    ...['-f', 'lavfi', '-i', colour],
    ...[look.backgroundFile, look.logoFile].flatMap((file) => (file === null ? [] : ['-i', `file:${file}`])),
  ];
}

/** The background covers the picture, dimmed so that the sign can be seen on any; the logo stands above the pause sign. */
function picture(
  { width, height, fps }: PictureFormat,
  look: SlateLook,
  { matrix, fullRange }: SlateColours,
): string {
  const bar = (position: string) =>
    `drawbox=x=iw/2${position}:y=ih*0.42:w=ih*0.04:h=ih*0.16:color=#8a93a6:t=fill`;
  const cover = `scale=${width}:${height}:force_original_aspect_ratio=increase,crop=${width}:${height}`;
  const fit = `scale=${width * 0.4}:${height * 0.2}:force_original_aspect_ratio=decrease`;
  const steps: string[] = [];
  let last = '[0:v]';
  let input = 1;
  if (look.backgroundFile !== null) {
    steps.push(`[${input}:v]${cover},format=gbrp,drawbox=color=black@0.35:t=fill[cover]`);
    steps.push(`${last}[cover]overlay=format=gbrp[background]`);
    last = '[background]';
    input += 1;
  }
  if (look.logoFile !== null) {
    steps.push(`[${input}:v]${fit},format=gbrap[logo]`);
    steps.push(`${last}[logo]overlay=x=(W-w)/2:y=H*0.24-h/2:format=gbrp[branded]`);
    last = '[branded]';
  }
  // Matrices that swscale does not know are drawn as BT.709.
  const drawn = matrix === 'smpte170m' || matrix === 'bt470bg' ? matrix : BT709.matrix;
  const range = fullRange ? 'full' : 'limited';
  // Drawn once: a whole GOP of drawing costs a busy machine seconds, in which no show can begin.
  const still = `loop=loop=${fps * SECONDS - 1}:size=1,setpts=N/${fps}/TB`;
  steps.push(
    `${last}${bar('-ih*0.06')},${bar('+ih*0.02')},scale=out_color_matrix=${drawn}:out_range=${range},format=yuv420p,${still}[slate]`,
  );
  return steps.join(';');
}

function readSlate(stream: Uint8Array, fps: number): Slate {
  const nals = splitAnnexB(stream);
  const pictures = groupPictures(nals).map(({ nals: own, key }) => ({
    // x264 signs its work in an SEI; it is the same in every picture and of no use here.
    unit: toAvcc(own.filter((nal) => nalType(nal) !== 6)),
    key,
  }));
  if (pictures[0]?.key !== true) throw new Error('the slate has no keyframe');
  const firstOf = (type: number) => nals.filter((nal) => nalType(nal) === type).slice(0, 1);
  return { sets: { sps: firstOf(NAL_SPS), pps: firstOf(NAL_PPS) }, pictures, frameMs: 1000 / fps };
}
