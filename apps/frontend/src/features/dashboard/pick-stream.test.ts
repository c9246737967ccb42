import { type StreamStatus, streamViewSchema } from '@streamus/contracts';
import { DEFAULT_PROGRAMME } from '@streamus/studio';
import { expect, test } from 'vitest';
import { pickStream } from './pick-stream.ts';

const stream = (n: number, status: StreamStatus, times: { start?: string; end?: string } = {}) =>
  streamViewSchema.parse({
    id: `00000000-0000-4000-8000-00000000000${n}`,
    studioId: '00000000-0000-4000-8000-000000000099',
    title: `Stream ${n}`,
    description: '',
    status,
    record: true,
    programme: DEFAULT_PROGRAMME,
    scheduledStart: times.start ?? null,
    startedAt: null,
    endedAt: times.end ?? null,
    watchPath: `/watch/${n}`,
    createdAt: '2026-01-01T00:00:00Z',
  });

const ended = stream(1, 'ended', { end: '2026-03-01T00:00:00Z' });
const endedBefore = stream(2, 'ended', { end: '2026-02-01T00:00:00Z' });
const later = stream(3, 'scheduled', { start: '2026-06-01T00:00:00Z' });
const sooner = stream(4, 'scheduled', { start: '2026-05-01T00:00:00Z' });
const live = stream(5, 'live');

test('live beats planned beats ended; the sooner and the more recent win', () => {
  expect(pickStream([endedBefore, ended])).toBe(ended);
  expect(pickStream([ended, later, sooner])).toBe(sooner);
  expect(pickStream([ended, later, live])).toBe(live);
  expect(pickStream([])).toBeNull();
});
