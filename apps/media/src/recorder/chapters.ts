import type { Chapter, StreamEvent } from '@streamus/contracts';
import { placeOf, type Stretch } from './timeline.ts';

/** What is shorter is no chapter; video platforms ask for the same. */
const SHORTEST_MS = 10_000;
const MOST = 100;

type Kind = Chapter['kind'];

/**
 * Chapters of a take from what happened in its stream: first `start` at 0, then each break and each return that lasted.
 * What lasted less than ten seconds belongs to the chapter before it.
 */
export function chaptersOf(
  events: readonly Pick<StreamEvent, 'at' | 'event'>[],
  stretches: readonly Stretch[],
  durationMs: number,
): Chapter[] {
  const points = events
    .flatMap(({ at, event }) => {
      const kind = kindOf(event.type);
      const place = placeOf(stretches, new Date(at).getTime());
      return kind === undefined || place === undefined ? [] : [{ kind, place }];
    })
    .toSorted((a, b) => a.place - b.place);
  const chapters: { readonly kind: Kind; readonly place: number }[] = [{ kind: 'start', place: 0 }];
  points.forEach(({ kind, place }, index) => {
    const last = chapters.at(-1);
    const end = points[index + 1]?.place ?? durationMs;
    if (last === undefined || chapters.length >= MOST) return;
    if (same(last.kind, kind) || end - place < SHORTEST_MS || place - last.place < SHORTEST_MS) return;
    chapters.push({ kind, place });
  });
  return chapters.map(({ kind, place }) => ({ kind, seconds: place / 1000 }));
}

function kindOf(type: StreamEvent['event']['type']): Kind | undefined {
  if (type === 'slate-shown') return 'break';
  if (type === 'programme-live') return 'live';
  return undefined;
}

const same = (last: Kind, next: Kind): boolean => last === next || (last === 'start' && next === 'live');
