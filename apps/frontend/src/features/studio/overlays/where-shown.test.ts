import {
  newScene,
  newStudioDocument,
  type Overlay,
  overlaySchema,
  personIdSchema,
  reduce,
  type StudioCommand,
  type StudioDocument,
  sceneIdSchema,
} from '@streamus/studio';
import { expect, test } from 'vitest';
import { rememberOverlay, restoreCommands } from './deleted-overlay.ts';
import { bannerToToggle, whereShown } from './where-shown.ts';

const uuid = (n: number) => `11111111-1111-4111-8111-${String(n).padStart(12, '0')}`;
const by = personIdSchema.parse(uuid(9));
const banner = (n: number): Overlay =>
  overlaySchema.parse({ id: uuid(n), kind: 'banner', text: `Banner ${n}`, style: 'solid' });
const [first, second] = [banner(1), banner(2)];
const other = newScene(sceneIdSchema.parse(uuid(5)), 'Other');

function after(document: StudioDocument, ...commands: readonly StudioCommand[]): StudioDocument {
  return commands.reduce((before, command) => {
    const reduced = reduce(before, command, { live: false, by, atMs: 0 });
    if (!reduced.ok) throw new Error(`${command.type}: ${reduced.refusal}`);
    return reduced.document;
  }, document);
}

const show = (overlay: Overlay, where: 'scene' | 'everywhere' = 'scene'): StudioCommand => ({
  type: 'show-overlay',
  overlay: overlay.id,
  where,
});
const document = after(
  newStudioDocument(),
  { type: 'add-overlay', overlay: first },
  { type: 'add-overlay', overlay: second },
  { type: 'add-scene', id: other.id, name: other.name, layout: 'grid' },
);

test('says where an overlay is seen', () => {
  expect(whereShown(document, first)).toEqual({ inScene: false, everywhere: false, state: 'hidden' });
  const shown = after(document, show(first));
  expect(whereShown(shown, first)).toEqual({ inScene: true, everywhere: false, state: 'on-air' });
  expect(whereShown(after(shown, { type: 'select-scene', scene: other.id }), first).state).toBe('elsewhere');
  const both = after(document, show(first, 'everywhere'), show(second));
  expect(whereShown(both, first)).toEqual({ inScene: false, everywhere: true, state: 'covered' });
});

test('in preview mode says what waits for the next take', () => {
  const preview = after(document, show(first), { type: 'set-mode', mode: 'preview' });
  expect(whereShown(after(preview, show(second)), second).state).toBe('next');
  const edited = after(preview, {
    type: 'edit-overlay',
    overlay: first.id,
    change: { kind: 'banner', text: 'New' },
  });
  const now = edited.overlays[first.id];
  expect(now && whereShown(edited, now).state).toBe('on-air-before');
});

test('B hides the banner that is seen, else shows the one used last, else the uppermost', () => {
  expect(bannerToToggle(newStudioDocument(), null)).toBe(null);
  expect(bannerToToggle(document, null)).toEqual({ overlay: second.id, show: true });
  expect(bannerToToggle(document, first.id)).toEqual({ overlay: first.id, show: true });
  expect(bannerToToggle(after(document, show(second)), first.id)).toEqual({
    overlay: second.id,
    show: false,
  });
});

test('a deleted overlay comes back to its place and wherever it was shown', () => {
  const before = after(document, show(first, 'everywhere'), show(first), {
    type: 'show-overlay',
    overlay: first.id,
    where: 'scene',
    scene: other.id,
  });
  const deleted = rememberOverlay(before, first);
  const gone = after(before, { type: 'delete-overlay', overlay: first.id });
  const back = after(gone, ...restoreCommands(gone, deleted));
  expect(back.overlays).toEqual(before.overlays);
  expect(back.overlayOrder).toEqual(before.overlayOrder);
  expect(back.shownEverywhere).toEqual(before.shownEverywhere);
  expect(back.scenes).toEqual(before.scenes);
});

test('a banner that comes back leaves another one on air that was shown meanwhile', () => {
  const before = after(document, show(first));
  const deleted = rememberOverlay(before, first);
  const gone = after(before, { type: 'delete-overlay', overlay: first.id }, show(second));
  expect(after(gone, ...restoreCommands(gone, deleted)).onAir.overlays).toEqual([second]);
});
