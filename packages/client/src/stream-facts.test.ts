import { type StreamEvent, type StreamView, streamIdSchema, studioIdSchema } from '@streamus/contracts';
import { expect, test } from 'vitest';
import { withHappened, withStream } from './stream-facts.ts';

const [one, two] = ['1', '2'].map((n) => streamIdSchema.parse(`00000000-0000-4000-8000-00000000000${n}`));
if (one === undefined || two === undefined) throw new Error('two streams are needed');
const airing = (id: StreamView['id']): StreamView => ({
  id,
  studioId: studioIdSchema.parse('00000000-0000-4000-8000-000000000009'),
  title: 'Sunday',
  description: '',
  status: 'live',
  record: true,
  programme: { width: 640, height: 360, fps: 30, videoBitrate: 800_000 },
  scheduledStart: null,
  startedAt: null,
  endedAt: null,
  watchPath: '/watch',
  createdAt: '2026-01-01T00:00:00Z',
});
const event = (id: number): StreamEvent => ({
  id,
  at: '2026-01-01T00:00:00Z',
  event: { type: 'slate-shown' },
});
const empty = { stream: null, healthHistory: [], happened: [] };
const told = (ids: number[]) => ids.map(event);

test('the event log grows once per entry, whatever is told again', () => {
  const first = { ...empty, stream: airing(one) };
  const some = withHappened(first, { type: 'happened', streamId: one, events: told([1, 2]) });
  const more = withHappened({ ...first, ...some }, { type: 'happened', streamId: one, events: told([2, 3]) });
  expect(more.happened.map(({ id }) => id)).toEqual([1, 2, 3]);
});

test('what happened in another airing is not told in this one', () => {
  const first = { ...empty, stream: airing(one), happened: told([1]) };
  expect(withHappened(first, { type: 'happened', streamId: two, events: told([5]) }).happened).toHaveLength(
    1,
  );
  const next = { stream: airing(two), outputs: [], programme: null, composing: null };
  expect(withStream(first, next, 0).happened).toEqual([]);
  const same = { stream: airing(one), outputs: [], programme: null, composing: null };
  expect(withStream(first, same, 0).happened).toHaveLength(1);
});
