import type { StudioEvent } from '@streamus/contracts';
import {
  type PersonId,
  reduce,
  type StudioCommand,
  type StudioDocument,
  studioCommandSchema,
  studioDocumentSchema,
} from '@streamus/studio';
import { personNo, twoProducers } from '@streamus/studio/testing';
import { anyCommand } from '@streamus/studio/testing-commands';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addPending,
  dropPending,
  emptyOptimistic,
  type Optimistic,
  shownDocument,
  takeEvent,
  takeSnapshot,
} from './optimistic.ts';

type News = { readonly event: StudioEvent } | { readonly refused: string };

/** One person's tab, and what is on its way to it and from it. */
interface Tab {
  readonly person: PersonId;
  state: Optimistic;
  readonly sent: { readonly id: string; readonly command: StudioCommand }[];
  readonly news: News[];
}

/** A server and tabs whose messages arrive as late as `steps` says, each wire in its order. */
function createShow(people: readonly PersonId[]) {
  let document: StudioDocument = twoProducers();
  let seq = 0;
  let ids = 0;
  const tabs: Tab[] = people.map((person) => ({
    person,
    state: takeSnapshot({ ...emptyOptimistic, you: person }, document, seq),
    sent: [],
    news: [],
  }));

  function give(tab: Tab, command: StudioCommand): void {
    ids += 1;
    const id = `10000000-0000-4000-8000-${ids.toString().padStart(12, '0')}`;
    tab.state = addPending(tab.state, { id, command });
    tab.sent.push({ id, command });
  }

  function serve(tab: Tab): void {
    const message = tab.sent.shift();
    if (message === undefined) return;
    const reduced = reduce(document, message.command, { live: false, by: tab.person });
    if (!reduced.ok) {
      tab.news.push({ refused: message.id });
      return;
    }
    document = reduced.document;
    seq += 1;
    const event: StudioEvent = {
      ...{ seq, command: message.command, by: tab.person },
      ...{ commandId: message.id, at: '2026-01-01T00:00:00Z' },
    };
    // What travels is JSON.
    for (const other of tabs) other.news.push({ event: JSON.parse(JSON.stringify(event)) });
  }

  function tell(tab: Tab): void {
    const news = tab.news.shift();
    if (news === undefined) return;
    if ('refused' in news) tab.state = dropPending(tab.state, news.refused);
    else {
      const next = takeEvent(tab.state, news.event);
      if (next === null) throw new Error(`${tab.person} lost step at event ${news.event.seq}`);
      tab.state = next;
    }
  }

  return {
    tabs,
    give,
    serve,
    tell,
    document: () => document,
  };
}

const person = fc.constantFrom(0, 1, 2);
const step = fc.oneof(
  fc.record({
    kind: fc.constant('give' as const),
    tab: person,
    command: anyCommand.filter((command) => command.type !== 'add-person'),
  }),
  fc.record({ kind: fc.constantFrom('serve' as const, 'tell' as const), tab: person }),
);

test('every tab shows the server’s document in the end, and a valid one on the way', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120, size: 'max' }), (steps) => {
      const show = createShow([personNo(1), personNo(2), personNo(3)]);
      for (const given of steps) {
        const tab = show.tabs[given.tab];
        if (tab === undefined) throw new Error('no such tab');
        if (given.kind === 'give') show.give(tab, studioCommandSchema.parse(given.command));
        else show[given.kind](tab);
        if (given.kind === 'give') studioDocumentSchema.parse(shownDocument(tab.state, false));
      }
      for (const tab of show.tabs) while (tab.sent.length > 0) show.serve(tab);
      for (const tab of show.tabs) {
        while (tab.news.length > 0) show.tell(tab);
        expect(tab.state.pending).toEqual([]);
        expect(shownDocument(tab.state, false)).toEqual(show.document());
      }
    }),
    { numRuns: 150 },
  );
}, 30_000);
