import type { Chapter, StreamEvent } from '@streamus/contracts';
import { placeOf, type Stretch } from './timeline.ts';

/** What is shorter is no chapter; video platforms ask for the same. */
const SHORTEST_MS = 10_000;
const MOST = 100;

/** Where a chapter may begin, in milliseconds of the take. */
interface Point extends Pick<Chapter, 'kind' | 'title'> {
  readonly place: number;
}

/**
 * Chapters of a take from what happened in its stream: first `start` at 0, then each scene, each break and each return
 * that lasted. What lasted less than ten seconds belongs to the chapter before it.
 */
export function chaptersOf(
  events: readonly Pick<StreamEvent, 'at' | 'event'>[],
  stretches: readonly Stretch[],
  durationMs: number,
): Chapter[] {
  const points = onAir(
    events
      .flatMap(({ at, event }) => {
        const begins = beginsWith(event);
        const place = placeOf(stretches, new Date(at).getTime());
        return begins === undefined || place === undefined ? [] : [{ ...begins, place }];
      })
      .toSorted((a, b) => a.place - b.place),
  );
  const chapters: Point[] = [{ kind: 'start', title: null, place: 0 }];
  points.forEach((point, index) => {
    const last = chapters.at(-1);
    const end = points[index + 1]?.place ?? durationMs;
    if (last === undefined || chapters.length >= MOST || goesOn(last, point)) return;
    if (end - point.place < SHORTEST_MS || point.place - last.place < SHORTEST_MS) return;
    chapters.push(point);
  });
  return chapters.map(({ kind, title, place }) => ({ kind, title, seconds: place / 1000 }));
}

function beginsWith(event: StreamEvent['event']): Omit<Point, 'place'> | undefined {
  switch (event.type) {
    case 'slate-shown':
      return { kind: 'break', title: null };
    case 'programme-live':
      return { kind: 'live', title: null };
    case 'scene-on-air':
      return { kind: 'scene', title: event.name };
    default:
      return undefined;
  }
}

/** Scenes changed during a break are not seen. */
function onAir(points: readonly Point[]): Point[] {
  let isBreak = false;
  return points.filter(({ kind }) => {
    if (kind !== 'scene') isBreak = kind === 'break';
    return kind !== 'scene' || !isBreak;
  });
}

/** Nothing new begins: the same again, or a return from a break too short to count. */
function goesOn(last: Point, next: Point): boolean {
  if (next.kind === 'live') return last.kind !== 'break';
  return last.kind === next.kind && last.title === next.title;
}
