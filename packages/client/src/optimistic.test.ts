import { type StudioEvent, studioEventSchema } from '@streamus/contracts';
import {
  type AnyCommand,
  newStudioDocument,
  personIdSchema,
  type StudioCommand,
  type StudioDocument,
  sceneInEdit,
  sourceId,
} from '@streamus/studio';
import { describe, expect, test } from 'vitest';
import {
  addPending,
  dropPending,
  emptyOptimistic,
  shownDocument,
  takeAccepted,
  takeEvent,
  takeSnapshot,
} from './optimistic.ts';

const ada = personIdSchema.parse('00000000-0000-4000-8000-000000000001');
const ids = ['10000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000002'] as const;

function event(seq: number, command: AnyCommand, commandId: string | null = null): StudioEvent {
  return studioEventSchema.parse({ seq, command, by: ada, commandId, at: '2026-01-01T00:00:00Z' });
}

const join: AnyCommand = { type: 'add-person', person: { id: ada, name: 'Ada', role: 'host' } };
const solo: StudioCommand = { type: 'set-layout', layout: 'solo' };
const leader: StudioCommand = { type: 'set-layout', layout: 'leader' };
const start = takeSnapshot({ ...emptyOptimistic, you: ada }, newStudioDocument(), 3, []);
const give = (n: 0 | 1, command: StudioCommand) => ({ id: ids[n], command, atMs: 0 });
const layoutOf = (document: StudioDocument | null | undefined) => document && sceneInEdit(document).layout;

describe('optimistic document', () => {
  test('shows own commands at once, on top of what others do', () => {
    const pending = addPending(start, give(0, solo));
    expect(layoutOf(shownDocument(pending, false))).toBe('solo');
    expect(layoutOf(pending.confirmed)).toBe('grid');
    const other = takeEvent(pending, event(4, leader));
    expect(layoutOf(other && shownDocument(other, false))).toBe('solo');
    expect(layoutOf(other?.confirmed)).toBe('leader');
  });

  test('a confirmed command leaves the pending ones, a refused one disappears', () => {
    const pending = addPending(addPending(start, give(0, solo)), give(1, leader));
    const confirmed = takeEvent(pending, event(4, solo, ids[0]));
    expect(confirmed?.pending.map(({ id }) => id)).toEqual([ids[1]]);
    const refused = dropPending(pending, ids[1]);
    expect(layoutOf(shownDocument(refused, false))).toBe('solo');
    expect(layoutOf(shownDocument(dropPending(refused, ids[0]), false))).toBe('grid');
  });

  test('an event that was seen changes nothing, a gap asks for everything anew', () => {
    expect(takeEvent(start, event(3, solo))).toBe(start);
    expect(takeEvent(start, event(5, solo))).toBeNull();
    expect(takeEvent(emptyOptimistic, event(1, solo))).toBeNull();
  });

  test('a whole document takes the pending commands that are part of it, the others stay on top', () => {
    const pending = addPending(addPending(start, give(0, solo)), give(1, leader));
    const whole = takeSnapshot(pending, newStudioDocument(), 900, [ids[0]]);
    expect(whole).toMatchObject({ seq: 900, pending: [{ id: ids[1] }] });
    expect(layoutOf(shownDocument(whole, false))).toBe('leader');
  });

  test('an accepted command shows until its event is here; one whose event was here before is pending no more', () => {
    const pending = addPending(start, give(0, solo));
    expect(takeAccepted(pending, ids[0], 4)).toBe(pending);
    expect(takeAccepted(pending, ids[0], 3).pending).toEqual([]);
  });

  test('a command that does not fit yet shows nothing and shows once it fits', () => {
    const put: StudioCommand = { type: 'put-on-stage', source: sourceId('camera', ada) };
    const early = addPending(start, give(0, put));
    expect(shownDocument(early, false)?.stage).toEqual([]);
    const joined = takeEvent(early, event(4, join));
    expect(joined && shownDocument(joined, false)?.stage).toEqual([sourceId('camera', ada)]);
  });

  test('an accepted change of programme applies even while live, a pending one is not shown', () => {
    const programme = { width: 640, height: 360, fps: 15, videoBitrate: 600_000 };
    const command: StudioCommand = { type: 'set-programme', programme };
    expect(takeEvent(start, event(4, command))?.confirmed?.programme).toEqual(programme);
    const pending = addPending(start, give(0, command));
    expect(shownDocument(pending, true)?.programme.width).toBe(1920);
    expect(shownDocument(pending, false)?.programme.width).toBe(640);
  });
});
