import {
  compositionOf,
  layoutIdSchema,
  newStudioDocument,
  ownLayoutSchema,
  personIdSchema,
  slotIdSchema,
  sourceId,
} from '@streamus/studio';
import { expect, test } from 'vitest';
import { changeDraft, type Draft, layoutFrom, slotForNext } from './draft.ts';

const layoutId = layoutIdSchema.parse('00000000-0000-4000-8000-0000000000a1');
const slotNo = (n: number) => slotIdSchema.parse(`00000000-0000-4000-8000-0000000000b${n}`);
const personNo = (n: number) => personIdSchema.parse(`00000000-0000-4000-8000-00000000000${n}`);

function begun(): Draft {
  const document = newStudioDocument();
  const people = Object.fromEntries(
    [1, 2].map((n) => [personNo(n), { id: personNo(n), name: `P${n}`, role: 'guest' as const }]),
  );
  const stage = [
    sourceId('camera', personNo(1)),
    sourceId('screen', personNo(2)),
    sourceId('camera', personNo(2)),
  ];
  let ids = 0;
  const composition = compositionOf({ ...document, people, stage });
  const layout = layoutFrom(composition, layoutId, 'Mine', () => {
    ids += 1;
    return slotNo(ids);
  });
  return { layout, past: [], selected: null };
}

test('a layout begins as what the scene shows, and is one the studio takes', () => {
  const { layout } = begun();
  expect(ownLayoutSchema.parse(layout)).toEqual(layout);
  expect(layout.slots.map(({ holds }) => holds)).toEqual([
    { kind: 'person', index: 0 },
    { kind: 'screen', index: 0 },
    { kind: 'person', index: 1 },
  ]);
  expect(slotForNext(layout, slotNo(9)).holds).toEqual({ kind: 'person', index: 2 });
});

test('steps are taken back one by one; the moments of a drag are one step', () => {
  const first = begun();
  const boxAt = (x: number) => ({ x, y: 0, width: 1000, height: 1000 });
  const drag = (draft: Draft, x: number, fresh: boolean) =>
    changeDraft(draft, { type: 'slot', slot: slotNo(1), change: { box: boxAt(x) }, fresh });
  const dragged = drag(drag(drag(first, 1, true), 2, false), 3, false);
  expect(dragged.layout.slots[0]?.box).toEqual(boxAt(3));
  const raised = changeDraft(dragged, { type: 'layer', slot: slotNo(1), by: 1 });
  expect(raised.layout.slots.map(({ id }) => id)).toEqual([slotNo(2), slotNo(1), slotNo(3)]);
  const removed = changeDraft(raised, { type: 'remove', slot: slotNo(2) });
  expect(removed.layout.slots).toHaveLength(2);
  const back = [1, 2, 3].reduce((draft) => changeDraft(draft, { type: 'undo' }), removed);
  expect(back.layout).toEqual(first.layout);
  expect(changeDraft(back, { type: 'undo' })).toBe(back);
});
