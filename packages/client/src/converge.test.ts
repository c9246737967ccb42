import type { StudioEvent } from '@streamus/contracts';
import {
  type PersonId,
  reduce,
  type StudioCommand,
  type StudioDocument,
  studioCommandSchema,
  studioDocumentSchema,
} from '@streamus/studio';
import { NOON, personNo, twoProducers } from '@streamus/studio/testing';
import { anyCommand } from '@streamus/studio/testing-commands';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addPending,
  dropPending,
  emptyOptimistic,
  type Optimistic,
  shownDocument,
  takeAccepted,
  takeEvent,
  takeSnapshot,
} from './optimistic.ts';

type News =
  | { readonly event: StudioEvent }
  | { readonly accepted: string; readonly seq: number }
  | { readonly refused: string }
  | {
      readonly document: StudioDocument | null;
      readonly events: readonly StudioEvent[];
      readonly seq: number;
      readonly applied: readonly string[];
    };

interface Sent {
  readonly id: string;
  readonly command: StudioCommand;
}

/** One person's tab, and what is on its way to it and from it. */
interface Tab {
  readonly person: PersonId;
  state: Optimistic;
  connected: boolean;
  welcomed: boolean;
  readonly sent: Sent[];
  readonly news: News[];
  /** What it was told of its commands. */
  readonly told: Map<string, 'ok' | 'refused'>;
}

/** A server and tabs whose messages arrive as late as `steps` says, each wire in its order, or never. */
function createShow(people: readonly PersonId[]) {
  let document: StudioDocument = twoProducers();
  const log: StudioEvent[] = [];
  let atMs = NOON;
  let ids = 0;
  const tabs: Tab[] = people.map((person) => ({
    person,
    state: takeSnapshot({ ...emptyOptimistic, you: person }, document, 0, []),
    connected: true,
    welcomed: true,
    sent: [],
    news: [],
    told: new Map(),
  }));
  // What travels is JSON.
  const send = (tab: Tab, news: News): void => {
    if (tab.connected) tab.news.push(JSON.parse(JSON.stringify(news)));
  };

  /** A tab's clock is as wrong as its number says. */
  function give(tab: Tab, command: StudioCommand): void {
    ids += 1;
    const id = `10000000-0000-4000-8000-${ids.toString().padStart(12, '0')}`;
    tab.state = addPending(tab.state, { id, command, atMs: atMs + 300 * tabs.indexOf(tab) });
    if (tab.welcomed) tab.sent.push({ id, command });
  }

  function serve(tab: Tab): void {
    const message = tab.sent.shift();
    if (message === undefined) return;
    const known = log.find(({ commandId }) => commandId === message.id);
    if (known !== undefined) {
      send(tab, { accepted: message.id, seq: known.seq });
      return;
    }
    atMs += 300;
    const reduced = reduce(document, message.command, { live: false, by: tab.person, atMs });
    if (!reduced.ok) {
      send(tab, { refused: message.id });
      return;
    }
    document = reduced.document;
    const event: StudioEvent = {
      ...{ seq: log.length + 1, command: message.command, by: tab.person },
      ...{ commandId: message.id, at: new Date(atMs).toISOString() },
    };
    log.push(event);
    // Either may be there first.
    const [first, last] = event.seq % 2 === 0 ? [[tab], []] : [[], [tab]];
    for (const one of first) send(one, { accepted: message.id, seq: event.seq });
    for (const other of tabs) send(other, { event });
    for (const one of last) send(one, { accepted: message.id, seq: event.seq });
  }

  /** The line breaks: the server has the first `arrived` of the messages on their way, everything else is lost. */
  function lose(tab: Tab, arrived: number): void {
    tab.connected = false;
    tab.welcomed = false;
    tab.news.length = 0;
    const kept = tab.sent.splice(0);
    tab.sent.push(...kept.slice(0, arrived));
    while (tab.sent.length > 0) serve(tab);
  }

  /** A new line, welcomed with what was missed, or with the whole document. */
  function comeBack(tab: Tab, whole: boolean): void {
    if (tab.connected) return;
    tab.connected = true;
    const { seq, pending } = tab.state;
    const asked = new Set(pending.map(({ id }) => id));
    const applied = log.flatMap(({ commandId }) => (asked.has(commandId ?? '') ? (commandId ?? []) : []));
    send(
      tab,
      whole
        ? { document, events: [], seq: log.length, applied }
        : { document: null, events: log.slice(seq ?? 0), seq: log.length, applied: [] },
    );
  }

  function takeEvents(tab: Tab, events: readonly StudioEvent[]): void {
    for (const event of events) {
      const next = takeEvent(tab.state, event);
      if (next === null) throw new Error(`${tab.person} lost step at event ${event.seq}`);
      tab.state = next;
      if (event.commandId !== null && event.by === tab.person) tab.told.set(event.commandId, 'ok');
    }
  }

  /** As the session's sync does. */
  function tell(tab: Tab): void {
    const news = tab.news.shift();
    if (news === undefined) return;
    if ('refused' in news) {
      tab.state = dropPending(tab.state, news.refused);
      tab.told.set(news.refused, 'refused');
    } else if ('accepted' in news) {
      tab.state = takeAccepted(tab.state, news.accepted, news.seq);
      tab.told.set(news.accepted, 'ok');
    } else if ('event' in news) takeEvents(tab, [news.event]);
    else {
      tab.welcomed = true;
      if (news.document !== null) tab.state = takeSnapshot(tab.state, news.document, news.seq, news.applied);
      for (const id of news.applied) tab.told.set(id, 'ok');
      takeEvents(tab, news.events);
      tab.sent.push(...tab.state.pending);
    }
  }

  return {
    tabs,
    give,
    serve,
    tell,
    lose,
    comeBack,
    document: () => document,
    log,
    given: () => ids,
  };
}

const person = fc.constantFrom(0, 1, 2);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('give' as const),
      tab: person,
      command: anyCommand.filter((command) => command.type !== 'add-person'),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constantFrom('serve' as const, 'tell' as const), tab: person }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('lose' as const), tab: person, arrived: fc.nat(3) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('come-back' as const), tab: person, whole: fc.boolean() }),
  },
);

test('every tab shows the server’s document in the end, a valid one on the way, and is told what happened, whatever lines break', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120, size: 'max' }), (steps) => {
      const show = createShow([personNo(1), personNo(2), personNo(3)]);
      for (const given of steps) {
        const tab = show.tabs[given.tab];
        if (tab === undefined) throw new Error('no such tab');
        switch (given.kind) {
          case 'give':
            show.give(tab, studioCommandSchema.parse(given.command));
            studioDocumentSchema.parse(shownDocument(tab.state, false));
            break;
          case 'lose':
            show.lose(tab, given.arrived);
            break;
          case 'come-back':
            show.comeBack(tab, given.whole);
            break;
          default:
            show[given.kind](tab);
        }
      }
      for (const tab of show.tabs) show.comeBack(tab, true);
      while (show.tabs.some(({ sent, news }) => sent.length + news.length > 0)) {
        for (const tab of show.tabs) {
          show.serve(tab);
          show.tell(tab);
        }
      }
      const stored = new Set(show.log.map(({ commandId }) => commandId));
      for (const tab of show.tabs) {
        expect(tab.state.pending).toEqual([]);
        expect(shownDocument(tab.state, false)).toEqual(show.document());
        for (const [id, told] of tab.told)
          expect([id, told]).toEqual([id, stored.has(id) ? 'ok' : 'refused']);
      }
      expect(show.tabs.reduce((sum, { told }) => sum + told.size, 0)).toBe(show.given());
    }),
    { numRuns: 150 },
  );
}, 30_000);
