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

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Encodes a dark picture with a pause sign in the programme's format, made to alternate with a browser's stream: `setId` is the id of its
 * parameter sets, one that the live stream does not use. */
export async function makeSlate(format: PictureFormat, setId: number, look: SlateLook): Promise<Slate> {
  const { width, height, fps } = format;
  const bar = (position: string) =>
    `drawbox=x=iw/2${position}:y=ih*0.42:w=ih*0.04:h=ih*0.16:color=#8a93a6:t=fill`;
  const { stdout } = await run(
    'ffmpeg',
    [
      ...['-hide_banner', '-loglevel', 'error', '-nostdin'],
      ...['-f', 'lavfi', '-i', `color=c=${look.backgroundColour}:s=${width}x${height}:r=${fps}:d=2`],
      ...['-vf', `${bar('-ih*0.06')},${bar('+ih*0.02')},format=yuv420p`],
      ...['-c:v', 'libx264', '-profile:v', 'baseline', '-preset', 'veryfast', '-crf', '26'],
      ...['-refs', '1', '-bf', '0', '-g', String(fps * 2)],
      ...[
        '-x264-params',
        `sps-id=${setId}:slices=1:scenecut=0:threads=1:range=tv:colormatrix=bt709:colorprim=bt709:transfer=bt709`,
      ],
      ...['-f', 'h264', 'pipe:1'],
    ],
    { encoding: 'buffer', maxBuffer: MAX_OUTPUT_BYTES },
  );
  const nals = splitAnnexB(stdout);
  const pictures = groupPictures(nals).map(({ nals: own, key }) => ({
    // x264 signs its work in an SEI; it is the same in every picture and of no use here.
    unit: toAvcc(own.filter((nal) => nalType(nal) !== 6)),
    key,
  }));
  if (pictures[0]?.key !== true) throw new Error('the slate has no keyframe');
  const firstOf = (type: number) => nals.filter((nal) => nalType(nal) === type).slice(0, 1);
  return { sets: { sps: firstOf(NAL_SPS), pps: firstOf(NAL_PPS) }, pictures, frameMs: 1000 / fps };
}
