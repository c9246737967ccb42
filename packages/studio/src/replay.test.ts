import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnyCommand } from './commands.ts';
import { newStudioDocument, type StudioDocument } from './document.ts';
import type { PersonId } from './ids.ts';
import { reduce } from './reduce.ts';
import { ReplayError, replay, type StudioEvent } from './replay.ts';
import { add, NOON, studioOf, twoProducers } from './testing.ts';
import { anyCommandBy } from './testing-commands.ts';

interface Given {
  readonly command: AnyCommand;
  readonly by: PersonId | null;
  readonly pauseMs: number;
}

/** Runs commands as the backend does: accepted ones become events. */
function run(
  start: StudioDocument,
  given: readonly Given[],
): { documents: [StudioDocument, ...StudioDocument[]]; events: StudioEvent[] } {
  const documents: [StudioDocument, ...StudioDocument[]] = [start];
  const events: StudioEvent[] = [];
  let document = start;
  let atMs = NOON;
  for (const { command, by, pauseMs } of given) {
    atMs += pauseMs;
    const reduced = reduce(document, command, { live: false, by, atMs });
    if (!reduced.ok) continue;
    document = reduced.document;
    documents.push(document);
    events.push({ seq: events.length + 1, command, by, at: new Date(atMs).toISOString() });
  }
  return { documents, events };
}

const at = new Date(NOON).toISOString();

describe('replay', () => {
  test('R1 the accepted commands of any interleaving replay to the same document from any snapshot', () => {
    fc.assert(
      fc.property(fc.array(anyCommandBy, { maxLength: 80, size: 'max' }), fc.nat(), (given, pick) => {
        const { documents, events } = run(twoProducers(), given);
        const from = pick % documents.length;
        const stored: StudioEvent[] = JSON.parse(JSON.stringify(events.slice(from)));
        const snapshot: StudioDocument = JSON.parse(JSON.stringify(documents[from]));
        expect(replay(snapshot, from, stored)).toEqual(documents.at(-1));
      }),
      { numRuns: 200 },
    );
  }, 30_000);

  test('R2 a change of programme that was accepted replays', () => {
    const programme = { width: 640, height: 360, fps: 15, videoBitrate: 600_000 };
    const events: StudioEvent[] = [{ seq: 4, command: { type: 'set-programme', programme }, by: null, at }];
    expect(replay(newStudioDocument(), 3, events).programme).toEqual(programme);
  });

  test('R3 a gap, a repeated event and one that does not fit stop the replay', () => {
    const start = studioOf(0);
    const event = (seq: number, n: number): StudioEvent => ({ seq, command: add(n), by: null, at });
    expect(() => replay(start, 0, [event(2, 1)])).toThrow(ReplayError);
    expect(() => replay(start, 0, [event(1, 1), event(1, 1)])).toThrow('expected event 2');
    expect(() => replay(studioOf(30), 0, [event(1, 31)])).toThrow('studio_full');
  });
});
