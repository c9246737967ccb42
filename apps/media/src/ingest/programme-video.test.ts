import { type BusRecord, NO_PARAMETER_SETS, updateParameterSets } from '@streamus/media-formats';
import { expect, test } from 'vitest';
import { emptyIngestStats } from './ingest-stats.ts';
import { ProgrammeVideo } from './programme-video.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
/** 1280 × 720. */
const SPS = hex('6742c01fda014016ec0440000003004000000f03c60ca8');
const PPS = hex('68ce3c80');
const IDR = hex('6588843a');
const FORMAT = { width: 1280, height: 720, fps: 30, videoBitrate: 3_000_000 };

function openProgramme() {
  const records: BusRecord[] = [];
  const stats = emptyIngestStats();
  const programme = new ProgrammeVideo({
    format: FORMAT,
    breach: undefined,
    stats,
    emit: (record) => records.push(record),
    needKey: () => undefined,
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

test('a picture of an absurd size is left out with its whole GOP, and starts no encoder', () => {
  const { programme, records, stats } = openProgramme();
  const size = { width: 16_000, height: 16_000 };
  programme.show({ codec: 'vp8', time: 0, key: true, data: IDR, size });
  programme.show({ codec: 'vp8', time: 33, key: false, data: IDR, size });
  expect(stats).toMatchObject({ normalised: null, droppedUnits: 2 });
  const sets = updateParameterSets(NO_PARAMETER_SETS, [SPS, PPS]);
  programme.show({ codec: 'h264', time: 66, key: true, nals: [IDR], sets });
  programme.close();
  expect(records.map(({ kind }) => kind)).toEqual(['config', 'video']);
});
