import { describe, expect, test } from 'vitest';
import { airOf } from '../air/air-of.ts';
import { type AnyCommand, studioCommandSchema } from '../commands.ts';
import type { StudioDocument } from '../document.ts';
import { FIRST_SCENE } from '../scenes/scene.ts';
import {
  addOverlay,
  addScene,
  after,
  afterAt,
  banner,
  countdown,
  image,
  NOON,
  overlayNo,
  refusalOf,
  sceneNo,
  show,
  studioOf,
} from '../testing.ts';

const hide = (n: number, where?: 'scene' | 'everywhere'): AnyCommand => ({
  type: 'hide-overlay',
  overlay: overlayNo(n),
  where,
});
const seen = (document: StudioDocument, scene = FIRST_SCENE) =>
  airOf(document, scene).overlays.map(({ id }) => overlayNo(0) < id && Number(id.slice(-3)));

describe('overlays', () => {
  test('O1 add-overlay files it on top, shown nowhere, 200 at most', () => {
    const document = after(studioOf(0), addOverlay(image(1)), addOverlay(banner(2)));
    expect(document.overlayOrder).toEqual([overlayNo(1), overlayNo(2)]);
    expect(document.onAir.overlays).toEqual([]);
    expect(refusalOf(document, addOverlay(banner(1)))).toBe('id_taken');
    const full = after(document, ...Array.from({ length: 198 }, (_, n) => addOverlay(banner(n + 10))));
    expect(refusalOf(full, addOverlay(banner(999)))).toBe('overlays_full');
  });

  test('O2 edit-overlay replaces the fields it names, of its own kind', () => {
    const document = after(studioOf(0), addOverlay(banner(1)), {
      type: 'edit-overlay',
      overlay: overlayNo(1),
      change: { kind: 'banner', text: '  News ' },
    });
    expect(document.overlays[overlayNo(1)]).toEqual({ ...banner(1), text: 'News' });
    const other: AnyCommand = {
      type: 'edit-overlay',
      overlay: overlayNo(1),
      change: { kind: 'image', opacity: 50 },
    };
    expect(refusalOf(document, other)).toBe('overlay_of_other_kind');
  });

  test('O3 delete-overlay takes it out of every scene, move-overlay changes the drawing order', () => {
    const document = after(
      studioOf(0),
      addScene(2),
      addOverlay(image(1)),
      addOverlay(image(2)),
      show(1, 'everywhere'),
      show(1),
      show(2),
      { type: 'show-overlay', overlay: overlayNo(2), where: 'scene', scene: sceneNo(2) },
    );
    expect([seen(document), seen(document, sceneNo(2))]).toEqual([
      [1, 2],
      [1, 2],
    ]);
    const moved = after(document, { type: 'move-overlay', overlay: overlayNo(2), index: 0 });
    expect(seen(moved)).toEqual([2, 1]);
    const gone = after(moved, { type: 'delete-overlay', overlay: overlayNo(1) });
    expect(gone.shownEverywhere).toEqual([]);
    expect([seen(gone), seen(gone, sceneNo(2))]).toEqual([[2], [2]]);
  });

  test('O4 show-overlay shows it in one scene or everywhere, 20 at once at most', () => {
    const document = after(studioOf(0), addScene(2), addOverlay(image(1)), addOverlay(image(2)), show(1));
    expect([seen(document), seen(document, sceneNo(2))]).toEqual([[1], []]);
    const everywhere = after(document, show(2, 'everywhere'));
    expect([seen(everywhere), seen(everywhere, sceneNo(2))]).toEqual([[1, 2], [2]]);
    expect(refusalOf(everywhere, show(1))).toBe('already_shown');
    expect(refusalOf(everywhere, show(2, 'everywhere'))).toBe('already_shown');
    const many = Array.from({ length: 20 }, (_, n) => n + 10);
    const full = after(
      everywhere,
      ...many.map((n) => addOverlay(image(n))),
      ...many.slice(0, 19).map((n) => show(n)),
    );
    expect(refusalOf(full, show(29))).toBe('shown_full');
  });

  test('O5 of banners, tickers and lower thirds one each is seen', () => {
    const document = after(
      studioOf(0),
      addScene(2),
      ...[1, 2, 3].map((n) => addOverlay(banner(n))),
      addOverlay(image(4)),
      show(4),
      show(1),
      show(2),
    );
    expect(seen(document)).toEqual([2, 4]);
    const everywhere = after(document, show(3, 'everywhere'));
    expect([seen(everywhere), seen(everywhere, sceneNo(2))]).toEqual([[3, 4], [3]]);
    const own = after(everywhere, show(1));
    expect([seen(own), seen(own, sceneNo(2))]).toEqual([[1, 4], [3]]);
    expect(seen(after(own, hide(1)))).toEqual([3, 4]);
  });

  test('O6 hide-overlay hides it from one list or from both', () => {
    const document = after(studioOf(0), addOverlay(image(1)), show(1), show(1, 'everywhere'));
    expect(seen(after(document, hide(1, 'scene')))).toEqual([1]);
    expect(seen(after(document, hide(1)))).toEqual([]);
    expect(refusalOf(after(document, hide(1)), hide(1))).toBe('not_shown');
    expect(refusalOf(after(document, hide(1, 'scene')), hide(1, 'scene'))).toBe('not_shown');
  });

  test('O8 a countdown runs from the moment its command was taken, and stands again', () => {
    const start: AnyCommand = { type: 'start-countdown', overlay: overlayNo(1) };
    const document = after(studioOf(0), addOverlay(countdown(1)), addOverlay(banner(2)), show(1));
    const running = afterAt(NOON + 1234, null, document, start);
    const end = { ...countdown(1).end, startedAt: NOON + 1234 };
    expect(running.onAir.overlays).toEqual([{ ...countdown(1), end }]);
    const again = afterAt(NOON + 5000, null, running, start);
    expect(again.overlays[overlayNo(1)]).toMatchObject({ end: { startedAt: NOON + 5000 } });
    const reset: AnyCommand = { type: 'reset-countdown', overlay: overlayNo(1) };
    expect(after(again, reset)).toEqual(document);
    const until = after(document, {
      type: 'edit-overlay',
      overlay: overlayNo(1),
      change: { kind: 'countdown', end: { kind: 'instant', endsAt: NOON } },
    });
    for (const [on, n] of [
      [document, 2],
      [until, 1],
    ] as const) {
      for (const command of [start, reset]) {
        expect(refusalOf(on, { ...command, overlay: overlayNo(n) })).toBe('overlay_of_other_kind');
      }
    }
  });

  test('O7 nothing is done to an overlay that somebody has deleted', () => {
    const document = studioOf(0);
    const overlay = overlayNo(1);
    const commands: AnyCommand[] = [
      { type: 'edit-overlay', overlay, change: { kind: 'banner', text: 'Late' } },
      { type: 'delete-overlay', overlay },
      { type: 'start-countdown', overlay },
      { type: 'reset-countdown', overlay },
      { type: 'move-overlay', overlay, index: 0 },
      show(1),
      hide(1),
    ];
    for (const command of commands)
      expect(refusalOf(document, command), command.type).toBe('unknown_overlay');
  });

  test('D9 texts that are too long and values out of range are no command', () => {
    const long = 'x'.repeat(10_000);
    const bad: unknown[] = [
      addOverlay(banner(1, long)),
      { type: 'add-overlay', overlay: { id: overlayNo(1), kind: 'ticker', text: long, speed: 'slow' } },
      { type: 'edit-overlay', overlay: overlayNo(1), change: { kind: 'lower-third', title: long } },
      { type: 'add-overlay', overlay: { ...image(1), box: { x: 5000, y: 0, width: 6000, height: 100 } } },
      { type: 'add-overlay', overlay: { ...image(1), opacity: 101 } },
      {
        type: 'add-overlay',
        overlay: { id: overlayNo(1), kind: 'clock', timeZone: '../etc', format: '24-hours' },
      },
      {
        type: 'add-overlay',
        overlay: {
          ...{ id: overlayNo(1), kind: 'qr-code', url: 'javascript:alert(1)' },
          ...{ corner: 'top-left', caption: '' },
        },
      },
      { type: 'rename-scene', scene: FIRST_SCENE, name: long },
    ];
    for (const command of bad) expect(studioCommandSchema.safeParse(command).success).toBe(false);
    expect(studioCommandSchema.safeParse(addOverlay(banner(1, 'x'.repeat(200)))).success).toBe(true);
  });
});
