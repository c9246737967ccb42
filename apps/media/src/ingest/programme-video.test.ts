import { type BusRecord, NO_PARAMETER_SETS, updateParameterSets } from '@streamus/media-formats';
import { expect, test } from 'vitest';
import { monotonicMs } from '../monotonic.ts';
import { emptyIngestStats } from './ingest-stats.ts';
import { ProgrammeVideo } from './programme-video.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
/** 1280 × 720. */
const SPS = hex('6742c01fda014016ec0440000003004000000f03c60ca8');
const PPS = hex('68ce3c80');
const IDR = hex('6588843a');
const FORMAT = { width: 1280, height: 720, fps: 30, videoBitrate: 3_000_000 };

function openProgramme(spareCores: () => number | null = () => 2) {
  const records: BusRecord[] = [];
  const stats = emptyIngestStats();
  const programme = new ProgrammeVideo({
    format: FORMAT,
    breach: undefined,
    stats,
    emit: (record) => records.push(record),
    needKey: () => undefined,
    spareCores,
    log: () => undefined,
  });
  return { programme, records, stats };
}

test('a composer who reloads again and again brings the same parameters: passed on, with one configuration', () => {
  const { programme, records, stats } = openProgramme();
  for (let reload = 0; reload < 6; reload += 1) {
    programme.sourceChanged();
    // Each track reads its sets anew.
    const sets = updateParameterSets(NO_PARAMETER_SETS, [SPS, PPS]);
    programme.show({ codec: 'h264', time: reload * 5_000, key: true, nals: [SPS, PPS, IDR], sets });
  }
  programme.close();
  expect(stats.normalised).toBeNull();
  expect(records.map(({ kind }) => kind)).toEqual(['config', ...Array.from({ length: 6 }, () => 'video')]);
});

test('a picture of an absurd size is left out with its whole GOP, starts no encoder, and is told', () => {
  const { programme, records, stats } = openProgramme();
  const size = { width: 16_000, height: 16_000 };
  programme.show({ codec: 'vp8', time: 0, key: true, data: IDR, size });
  programme.show({ codec: 'vp8', time: 33, key: false, data: IDR, size });
  expect(stats).toMatchObject({ normalised: null, droppedUnits: 2, unusable: true });
  const sets = updateParameterSets(NO_PARAMETER_SETS, [SPS, PPS]);
  programme.show({ codec: 'h264', time: 66, key: true, nals: [IDR], sets });
  programme.close();
  expect(stats.unusable).toBe(false);
  expect(records.map(({ kind }) => kind)).toEqual(['config', 'video']);
});

/** Two pictures a second, one of four a keyframe, for half a minute. */
function showTooFew(programme: ProgrammeVideo, startMs: number): number {
  const sets = updateParameterSets(NO_PARAMETER_SETS, [SPS, PPS]);
  const pictures = 60;
  for (let picture = 0; picture < pictures; picture += 1) {
    const [time, key] = [startMs + picture * 500, picture % 4 === 0];
    programme.arrived(time, key);
    programme.show({ codec: 'h264', time, key, nals: [IDR], sets });
  }
  return pictures;
}

test('too few pictures are passed on as they are where the machine has no room for an encoder', () => {
  const { programme, records, stats } = openProgramme(() => 0.4);
  const pictures = showTooFew(programme, 0);
  programme.close();
  expect(stats.normalised).toBeNull();
  expect(records.filter(({ kind }) => kind === 'video')).toHaveLength(pictures);
});

test('an encoder begun for too few pictures that gives none is ended, and not begun again', () => {
  const { programme, records, stats } = openProgramme();
  showTooFew(programme, 0);
  expect(stats.normalised).toBe('programme_low_frame_rate');
  programme.tick(monotonicMs() + 6_000);
  expect(stats.normalised).toBeNull();
  records.length = 0;
  const pictures = showTooFew(programme, 30_000);
  programme.close();
  expect(stats.normalised).toBeNull();
  expect(records.map(({ kind }) => kind)).toEqual([
    'config',
    ...Array.from({ length: pictures }, () => 'video'),
  ]);
});

test('as long as nobody knows what room there is, too few pictures are passed on; then they are encoded anew', () => {
  let spare: number | null = null;
  const { programme, records, stats } = openProgramme(() => spare);
  const pictures = showTooFew(programme, 0);
  expect(stats.normalised).toBeNull();
  expect(records.filter(({ kind }) => kind === 'video')).toHaveLength(pictures);
  spare = 2;
  showTooFew(programme, 30_000);
  programme.close();
  expect(stats.normalised).toBe('programme_low_frame_rate');
});
