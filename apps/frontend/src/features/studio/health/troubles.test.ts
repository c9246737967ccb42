import type { StudioView } from '@streamus/client';
import { expect, test } from 'vitest';
import { troublesOf } from './troubles.ts';

/** A live stream whose audience gets too few frames, composed here with this load. */
function lowFrameRate(rung: 'full' | 'low-rate'): StudioView {
  const seen = {
    stream: { status: 'live' },
    outputs: [],
    programmeHealth: {
      state: 'live',
      warnings: ['low-frame-rate', 'silent'],
      normalised: null,
      recordingAlarm: null,
    },
    composer: { kind: 'here', load: { rung, reason: rung === 'full' ? null : 'late' } },
  };
  return seen as unknown as StudioView;
}

test('too few frames are told once: by the computer that falls behind, when it is this one', () => {
  expect(troublesOf(lowFrameRate('full')).map(({ key }) => key)).toEqual([
    'warning low-frame-rate',
    'warning silent',
  ]);
  expect(troublesOf(lowFrameRate('low-rate')).map(({ key }) => key)).toEqual([
    'load low-rate',
    'warning silent',
  ]);
});
