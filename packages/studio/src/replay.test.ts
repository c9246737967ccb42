import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnyCommand } from './commands.ts';
import { newStudioDocument, type StudioDocument } from './document.ts';
import { reduce } from './reduce.ts';
import { ReplayError, replay, type StudioEvent } from './replay.ts';
import { add, anyCommand, studioOf } from './testing.ts';

/** Runs commands as the backend does: accepted ones become events. */
function run(commands: readonly AnyCommand[]): { documents: StudioDocument[]; events: StudioEvent[] } {
  const documents = [newStudioDocument()];
  const events: StudioEvent[] = [];
  for (const command of commands) {
    const reduced = reduce(documents.at(-1) ?? newStudioDocument(), command, { live: false });
    if (!reduced.ok) continue;
    documents.push(reduced.document);
    events.push({ seq: events.length + 1, command });
  }
  return { documents, events };
}

describe('replay', () => {
  test('R1 the accepted commands of any interleaving replay to the same document from any snapshot', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 80 }), fc.nat(), (commands, pick) => {
        const { documents, events } = run(commands);
        const from = pick % documents.length;
        const stored: unknown = JSON.parse(JSON.stringify(events.slice(from)));
        expect(stored).toEqual(events.slice(from));
        const snapshot = documents[from] ?? newStudioDocument();
        expect(replay(snapshot, from, events.slice(from))).toEqual(documents.at(-1));
      }),
    );
  });

  test('R2 a change of programme that was accepted replays', () => {
    const programme = { width: 640, height: 360, fps: 15, videoBitrate: 600_000 };
    const events: StudioEvent[] = [{ seq: 4, command: { type: 'set-programme', programme } }];
    expect(replay(newStudioDocument(), 3, events).programme).toEqual(programme);
  });

  test('R3 a gap, a repeated event and one that does not fit stop the replay', () => {
    const start = studioOf(0);
    expect(() => replay(start, 0, [{ seq: 2, command: add(1) }])).toThrow(ReplayError);
    expect(() =>
      replay(start, 0, [
        { seq: 1, command: add(1) },
        { seq: 1, command: add(1) },
      ]),
    ).toThrow('expected event 2');
    expect(() => replay(studioOf(30), 0, [{ seq: 1, command: add(31) }])).toThrow('studio_full');
  });
});
