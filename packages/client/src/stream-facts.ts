import type { ServerMessage } from '@streamus/contracts';
import { addHealth } from './health-history.ts';
import type { StudioView } from './session.ts';

/** Entries of the event log kept in this tab. */
const HAPPENED_KEPT = 500;

type StreamMessage = Pick<
  Extract<ServerMessage, { type: 'stream' }>,
  'stream' | 'outputs' | 'programme' | 'composing'
>;
type Facts = Pick<StudioView, 'stream' | 'healthHistory' | 'happened'>;

/** What the view becomes with news of the studio's stream; history and event log belong to one airing. `now`: wall clock, ms. */
export function withStream(
  before: Facts,
  { stream, outputs, programme, composing }: StreamMessage,
  now: number,
): Facts & Pick<StudioView, 'outputs' | 'programmeHealth' | 'composing'> {
  const sameAiring = before.stream?.id === stream?.id;
  return {
    stream,
    outputs,
    programmeHealth: programme,
    composing,
    healthHistory: addHealth(sameAiring ? before.healthHistory : [], now, programme, outputs),
    happened: sameAiring ? before.happened : [],
  };
}

/** The event log with what has happened since; entries known already are not told twice. */
export function withHappened(
  { stream, happened }: Facts,
  { streamId, events }: Extract<ServerMessage, { type: 'happened' }>,
): Pick<StudioView, 'happened'> {
  if (stream?.id !== streamId) return { happened };
  const last = happened.at(-1)?.id ?? 0;
  return { happened: [...happened, ...events.filter(({ id }) => id > last)].slice(-HAPPENED_KEPT) };
}
