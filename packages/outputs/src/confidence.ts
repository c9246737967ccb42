import type { ProgrammeWarning } from '@streamus/contracts';

/** What can be seen in what is sent. */
type SeenWarning = Exclude<ProgrammeWarning, 'unusable'>;

/** What was decoded of the show at one keyframe. */
export interface ConfidenceSample {
  /** ms of any one clock. */
  readonly at: number;
  /** The picture, much reduced, one byte of luma a pixel (limited range: black is 16); null when it is the slate. */
  readonly picture: Uint8Array | null;
  /** Root mean square of the sound since the last sample, 0 to 1; null: none was decoded. */
  readonly soundRms: number | null;
  /** Pictures per second on their way out, against the rate the stream was set up for. */
  readonly fps: number;
  readonly nominalFps: number;
}

/** How long each of the troubles has lasted: the time it began, null when there is none. */
export interface Confidence {
  readonly last: Uint8Array | null;
  readonly since: Readonly<Record<SeenWarning, number | null>>;
}

export const CONFIDENT: Confidence = {
  last: null,
  since: { black: null, frozen: null, silent: null, 'low-frame-rate': null },
};

/** Brightest pixel of a picture that counts as black; video black is 16 and encoders leave a little noise. */
const BLACK_LUMA = 24;
/** Largest change of any reduced pixel between keyframes of a frozen picture; a camera's noise alone moves more. */
const FROZEN_CHANGE = 1;
/** −60 dBFS: below the noise of any microphone that is open. */
const SILENT_RMS = 0.001;
/** Share of the nominal frame rate below which the audience notices. */
const LOW_RATE = 0.8;
/** A trouble this old is told; with keyframes 2 s apart (4 s at most) that is within 10 s. */
const PATIENCE_MS = 5_500;

/** SPEC W1–W5. */
export function observe(before: Confidence, sample: ConfidenceSample): Confidence {
  const { at, picture, soundRms, fps, nominalFps } = sample;
  const since = (warning: SeenWarning, present: boolean): number | null =>
    present ? (before.since[warning] ?? at) : null;
  if (picture === null) return CONFIDENT;
  return {
    last: picture,
    since: {
      black: since(
        'black',
        picture.every((luma) => luma <= BLACK_LUMA),
      ),
      frozen: since('frozen', before.last !== null && isSame(before.last, picture)),
      silent: since('silent', soundRms === null || soundRms < SILENT_RMS),
      'low-frame-rate': since('low-frame-rate', fps < nominalFps * LOW_RATE),
    },
  };
}

/** The warnings to show at `now`, most telling first: a black picture is not called frozen as well. */
export function warningsOf({ since }: Confidence, now: number): SeenWarning[] {
  const lasting = (warning: SeenWarning): boolean => {
    const began = since[warning];
    return began !== null && now - began >= PATIENCE_MS;
  };
  const all: SeenWarning[] = ['black', 'frozen', 'silent', 'low-frame-rate'];
  return all.filter((warning) => lasting(warning) && !(warning === 'frozen' && lasting('black')));
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return (
    one.length === other.length &&
    one.every((luma, index) => Math.abs(luma - (other[index] ?? 0)) <= FROZEN_CHANGE)
  );
}
