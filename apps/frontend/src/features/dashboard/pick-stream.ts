import type { StreamView } from '@streamus/contracts';

/** The stream that matters most now: the live one, else the next planned, else a draft, else the last that ended. */
export function pickStream(streams: readonly StreamView[]): StreamView | null {
  const live = streams.find((stream) => stream.status === 'live');
  if (live) return live;
  const planned = streams
    .filter((stream) => stream.status === 'scheduled' && stream.scheduledStart !== null)
    .sort((a, b) => Date.parse(a.scheduledStart ?? '') - Date.parse(b.scheduledStart ?? ''));
  const ended = streams
    .filter((stream) => stream.status === 'ended')
    .sort((a, b) => Date.parse(b.endedAt ?? b.createdAt) - Date.parse(a.endedAt ?? a.createdAt));
  return planned[0] ?? streams.find((stream) => stream.status === 'draft') ?? ended[0] ?? null;
}
