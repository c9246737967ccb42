import { type ParameterSets, parseVideoSignal } from '@streamus/media-formats';

/** Colour tags in x264's words. */
export interface SlateColours {
  readonly fullRange: boolean;
  readonly primaries: string;
  readonly transfer: string;
  readonly matrix: string;
}

/** What our composer makes (media research 4.5), and what is meant when a stream says nothing. */
export const BT709: SlateColours = {
  fullRange: false,
  primaries: 'bt709',
  transfer: 'bt709',
  matrix: 'bt709',
};

/** Numbers of ISO 23091-2 that browsers' encoders use. */
const PRIMARIES = new Map([
  [1, 'bt709'],
  [5, 'bt470bg'],
  [6, 'smpte170m'],
]);
const TRANSFERS = new Map([
  [1, 'bt709'],
  [4, 'bt470m'],
  [5, 'bt470bg'],
  [6, 'smpte170m'],
  [13, 'iec61966-2-1'],
]);
const MATRICES = new Map([
  [1, 'bt709'],
  [5, 'bt470bg'],
  [6, 'smpte170m'],
]);

/** The programme's colour tags, so that nothing shifts when the slate takes over; those of HD where it has none or strange ones. */
export function coloursOf(live: ParameterSets): SlateColours {
  const signal = live.sps.map(parseVideoSignal)[0];
  const primaries = PRIMARIES.get(signal?.primaries ?? 0);
  const transfer = TRANSFERS.get(signal?.transfer ?? 0);
  const matrix = MATRICES.get(signal?.matrix ?? 0);
  if (signal === undefined || primaries === undefined || transfer === undefined || matrix === undefined)
    return BT709;
  return { fullRange: signal.fullRange, primaries, transfer, matrix };
}
