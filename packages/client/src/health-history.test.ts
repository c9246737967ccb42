import { idleOutputHealth, outputIdSchema, type ProgrammeHealth } from '@streamus/contracts';
import { expect, test } from 'vitest';
import { addHealth, type HealthPoint, HISTORY_POINTS } from './health-history.ts';

const id = outputIdSchema.parse('00000000-0000-4000-8000-000000000001');
const programme: ProgrammeHealth = {
  state: 'live',
  fps: 30,
  bitrate: 6e6,
  keyframeDistanceMs: 2_000,
  lostPackets: 0,
  lossPercent: 0,
  nacks: 0,
  plis: 0,
  damagedGops: 0,
  jitterBufferMs: 0,
  skewMs: 0,
  aacLagMs: 0,
  normalised: null,
  warnings: [],
  recordedSeconds: null,
  waitingSeconds: 0,
  recordingAlarm: null,
};
const outputs = [
  {
    id,
    destinationId: null,
    platform: 'watch',
    name: 'Watch page',
    health: { ...idleOutputHealth, bitrate: 5e6 },
  },
] as const;

test('a point a second, ten minutes of them', () => {
  let history: readonly HealthPoint[] = [];
  for (let second = 0; second < HISTORY_POINTS + 50; second += 1) {
    history = addHealth(history, second * 1_000, programme, outputs);
    history = addHealth(history, second * 1_000 + 300, programme, outputs);
  }
  expect(history).toHaveLength(HISTORY_POINTS);
  expect(history[0]?.at).toBe(50_000);
  expect(history.at(-1)).toMatchObject({ fps: 30, bitrate: 6e6, outputs: { [id]: 5e6 } });
});

test('without a programme nothing is added', () => {
  expect(addHealth([], 0, null, outputs)).toEqual([]);
});
