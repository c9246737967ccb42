import {
  brandKitContentSchema,
  brandKitIdSchema,
  newStudioDocument,
  overlaySchema,
  ownLayoutSchema,
  personIdSchema,
  reduce,
  type StudioCommand,
  type StudioDocument,
} from '@streamus/studio';
import { expect, test } from 'vitest';
import { contentOf, kitChange, looksLike } from './kit-commands.ts';

const uuid = (n: number) => `11111111-1111-4111-8111-${String(n).padStart(12, '0')}`;
const by = personIdSchema.parse(uuid(99));
const id = brandKitIdSchema.parse(uuid(50));
const banner = (n: number, text = 'Hello') =>
  overlaySchema.parse({ id: uuid(n), kind: 'banner', text, style: 'solid' });
const clock = (n: number) =>
  overlaySchema.parse({ id: uuid(n), kind: 'clock', timeZone: 'UTC', format: '24-hours' });
const layout = ownLayoutSchema.parse({ id: uuid(70), name: 'Mine', slots: [] });

function after(document: StudioDocument, ...commands: readonly StudioCommand[]): StudioDocument {
  return commands.reduce((before, command) => {
    const reduced = reduce(before, command, { live: false, by, atMs: 0 });
    if (!reduced.ok) throw new Error(`${command.type}: ${reduced.refusal}`);
    return reduced.document;
  }, document);
}

const styled = after(
  newStudioDocument(),
  { type: 'set-brand', brand: { theme: 'bold', font: 'inter', colours: { accent: '#123456' } } },
  { type: 'add-overlay', overlay: banner(1) },
  { type: 'add-overlay', overlay: banner(2, 'Old') },
  { type: 'save-layout', layout },
);
const kit = { id, content: brandKitContentSchema.parse(contentOf(styled)) };
let fresh = 200;
const newId = () => uuid(fresh++);

test('a look saved in one studio is the look of another', () => {
  const other = after(newStudioDocument(), { type: 'add-overlay', overlay: banner(7) });
  expect(looksLike(other, kit.content)).toBe(false);
  const change = kitChange(other, kit, newId);
  expect(change).toMatchObject({ overlaysAdded: 2, overlaysChanged: 0, layouts: 1 });
  const dressed = after(other, change.command);
  expect(dressed.brand).toEqual({ ...styled.brand, kit: id });
  expect(dressed.overlayOrder).toEqual([banner(7).id, banner(1).id, banner(2).id]);
  expect(dressed.onAir.overlays).toEqual([]);
  expect(looksLike(dressed, kit.content)).toBe(true);
});

test('an overlay that came from the kit becomes what the kit says; one of another kind under its id stays', () => {
  const other = after(
    newStudioDocument(),
    { type: 'add-overlay', overlay: clock(1) },
    { type: 'add-overlay', overlay: banner(2, 'New') },
  );
  const change = kitChange(other, kit, newId);
  expect(change).toMatchObject({ overlaysAdded: 1, overlaysChanged: 1 });
  const dressed = after(other, change.command);
  expect(dressed.overlays[clock(1).id]).toEqual(clock(1));
  expect(dressed.overlays[banner(2).id]).toEqual(banner(2, 'Old'));
  expect(dressed.overlayOrder).toHaveLength(3);
});

test('a kit that is on already changes nothing but its name', () => {
  const { command, ...counts } = kitChange(styled, kit, newId);
  expect(command).toMatchObject({ content: { overlays: [], layouts: [] } });
  expect(counts).toEqual({ overlaysAdded: 0, overlaysChanged: 0, layouts: 0 });
});
