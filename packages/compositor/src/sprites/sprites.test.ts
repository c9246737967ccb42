import { type AssetId, assetIdSchema, type Composition } from '@streamus/studio';
import { expect, test } from 'vitest';
import type { SpriteItem, StripItem } from '../draw-item.ts';
import { ANIMATION_MS } from '../overlays/overlay-items.ts';
import { compositionOf, lowerThird, overlay, type Painted, startPainter } from '../testing/fake-painter.ts';
import { slowMaker, WHOLE_WIDTH } from '../testing/slow-maker.ts';
import { createMakerBeside, type SpriteRequest } from './maker-beside.ts';
import type { SpriteSpec } from './sprite-spec.ts';

const banner = (text: string, n = 3) => overlay(n, { kind: 'banner', text, style: 'solid' });
const withBanner = (text: string, n?: number): Composition => compositionOf({ overlays: [banner(text, n)] });
/** One picture at 30 frames a second. */
const FRAME_MS = 1000 / 30;

function start(composition: Composition) {
  const slow = slowMaker();
  const show = startPainter(composition, slow.maker);
  const texts = async (nowMs: number, kind: SpriteItem['sprite']['kind'] = 'banner'): Promise<string[]> =>
    (await show.spritesAt(nowMs, kind)).map(({ sprite }) => textOf(sprite));
  return { ...slow, ...show, texts };
}

function textOf(spec: SpriteSpec): string {
  if (spec.kind === 'banner' || spec.kind === 'name-tag') return spec.text;
  return spec.kind === 'time' ? spec.time : '';
}

const stripOf = ({ items }: Painted): StripItem | undefined => items.find((item) => item.kind === 'strip');

test('S1: a tick paints without the sprites that are not there, and asks for each once', async () => {
  const { painter, painted, ordersOf, texts } = start(withBanner('One'));
  for (let tick = 0; tick < 5; tick += 1) {
    painter.setSpeaker(null);
    painter.setClock(tick);
    expect(await texts(tick * FRAME_MS)).toEqual([]);
  }
  expect(painted).toHaveLength(5);
  expect(painted.map(({ missing }) => missing)).toEqual([0, 0, 0, 0, 0]);
  expect(['One', '"avatar"', '"name-tag"'].map((words) => ordersOf(words).length)).toEqual([1, 1, 1]);
});

test('S2: a slot shows what it showed before until its new sprite is there, a new slot nothing', async () => {
  const { painter, deliver, texts, painted } = start(withBanner('One'));
  await texts(0);
  deliver();
  expect(await texts(40)).toEqual(['One']);
  painter.setComposition(compositionOf({ overlays: [banner('Two'), banner('Other', 4)] }), []);
  for (const ms of [80, 120, 160]) {
    painter.setClock(ms);
    expect(await texts(ms)).toEqual(['One']);
  }
  deliver('Two');
  expect(await texts(200)).toEqual(['Two']);
  deliver('Other');
  expect(await texts(240)).toEqual(['Two', 'Other']);
  expect(painted.every(({ missing }) => missing === 0)).toBe(true);
});

const BACKGROUNDS = [1, 2].map((n) => assetIdSchema.parse(`40000000-0000-4000-8000-00000000000${n}`));
const withBackground = (asset: AssetId): Composition =>
  compositionOf({ background: { kind: 'image', asset } });

test('S2: a background stands until the next one is there, and its file is let go when nothing shows it', async () => {
  const [first, second] = BACKGROUNDS;
  if (first === undefined || second === undefined) throw new Error('two backgrounds');
  const { painter, spritesAt, deliver, files } = start(withBackground(first));
  const shown = async (nowMs: number) =>
    (await spritesAt(nowMs, 'image')).map(({ sprite }) => sprite.kind === 'image' && sprite.asset);
  const image = { file: new Blob(), width: 400, height: 300 };
  painter.setImage(first, image);
  expect(await shown(0)).toEqual([]);
  deliver(first);
  expect(await shown(40)).toEqual([first]);
  painter.setComposition(withBackground(second), [second]);
  painter.setImage(second, image);
  expect(await shown(80)).toEqual([first]);
  expect([...files.keys()]).toEqual([second]);
  deliver(second);
  expect(await shown(120)).toEqual([second]);
});

test('S3: a sprite is seen at the first tick after it came, and one made ahead makes no tick paint', async () => {
  const clock = overlay(3, { kind: 'clock', timeZone: 'UTC', format: '24-hours' });
  const { painter, deliver, texts } = start(compositionOf({ overlays: [clock] }));
  await painter.paint(0);
  expect(await painter.paint(40)).toBe(false);
  deliver('00:00');
  expect(await texts(80, 'time')).toEqual(['00:00']);
  deliver('avatar');
  deliver('name-tag');
  expect(await painter.paint(120)).toBe(true);
  deliver('00:01');
  expect(await painter.paint(160)).toBe(false);
});

test('S4: the figures of a countdown change at the tick that is due, made a whole second before', async () => {
  const end = { kind: 'instant', endsAt: 10_000 };
  const countdown = overlay(3, { kind: 'countdown', title: '', end, atZero: 'count-up' });
  const { deliver, texts, ordersOf } = start(compositionOf({ overlays: [countdown] }));
  await texts(0, 'time');
  deliver();
  const seen: string[] = [];
  for (let ms = 40; ms <= 12_000; ms += 40) {
    // What is ordered at one tick is there half a second later at the soonest.
    if (ms % 1000 === 520) deliver();
    seen.push(...(await texts(ms, 'time')));
  }
  const due = Array.from({ length: seen.length }, (_, n) => 10_000 - (n + 1) * 40).map((leftMs) =>
    leftMs > -1000 ? `0:${String(Math.max(0, Math.ceil(leftMs / 1000))).padStart(2, '0')}` : null,
  );
  for (const [n, text] of due.entries()) if (text !== null) expect(seen[n]).toBe(text);
  expect(ordersOf('0:05')).toHaveLength(1);
});

test('S5: a ticker goes on with its old text until what is to be seen of the new one is there', async () => {
  const news = (text: string) =>
    compositionOf({ overlays: [overlay(2, { kind: 'ticker', text, speed: 'fast' })] });
  const { painter, painted, deliver } = start(news('Old'));
  const textAt = async (nowMs: number): Promise<string | undefined> => {
    await painter.paint(nowMs);
    const last = painted.at(-1);
    return last === undefined ? undefined : stripOf(last)?.ticker.text;
  };
  expect(await textAt(0)).toBeUndefined();
  deliver();
  expect(await textAt(40)).toBe('Old');
  // On the way its second and third piece are seen.
  for (let ms = 80; ms < 20_000; ms += 40) {
    deliver();
    await painter.paint(ms);
  }
  painter.setComposition(news('New'), []);
  expect(await textAt(20_040)).toBe('Old');
  deliver('"piece":0');
  expect(await textAt(20_080)).toBe('Old');
  expect(await textAt(20_120)).toBe('Old');
  deliver('New');
  expect(await textAt(20_160)).toBe('New');
  expect(painted.every(({ missing }) => missing === 0)).toBe(true);
});

test('S5: pieces of a long text are there when they come into the picture, also when they take two seconds to make', async () => {
  const text = overlay(2, { kind: 'ticker', text: 'News', speed: 'fast' });
  const { painter, painted, deliver, ordersOf } = start(compositionOf({ overlays: [text] }));
  await painter.paint(0);
  deliver();
  // Twice through: 216 pixels a second at 1080p.
  const way = ((WHOLE_WIDTH + 1920) / 216) * 1000;
  for (let ms = 40; ms < 2 * way; ms += 40) {
    if (ms % 2000 === 0) deliver();
    await painter.paint(ms);
  }
  expect(painted.filter(({ missing }) => missing > 0)).toEqual([]);
  expect(ordersOf('"piece":4').length).toBeGreaterThan(0);
  // The first is kept: it begins again.
  expect(ordersOf('"piece":0')).toHaveLength(1);
});

test('S6: a lower third begins to slide in when its sprite is there', async () => {
  const { painter, spritesAt, deliver } = start(compositionOf({ overlays: [lowerThird] }));
  await painter.paint(0);
  expect(await spritesAt(10 * ANIMATION_MS, 'lower-third')).toEqual([]);
  deliver();
  const at = 11 * ANIMATION_MS;
  const shifts = [];
  for (const ms of [at, at + ANIMATION_MS / 2, at + ANIMATION_MS]) {
    shifts.push((await spritesAt(ms, 'lower-third'))[0]?.shift ?? Number.NaN);
  }
  const [first, half = Number.NaN, last] = shifts;
  expect(first).toBeCloseTo(-1.2);
  expect(half).toBeLessThan(-0.05);
  expect(last).toBeCloseTo(0);
});

test('S7: every sprite is closed once: replaced, unused, unwanted or left', async () => {
  const { painter, deliver, texts, closings, orders } = start(withBanner('One'));
  await texts(0);
  deliver();
  await texts(40);
  expect(closings).toEqual([0, 0, 0]);
  // Letters came.
  deliver('One');
  const first = orders.findIndex(({ spec }) => spec.kind === 'banner');
  expect(closings).toEqual([0, 1, 2, 3].map((n) => (n === first ? 1 : 0)));
  await texts(80);
  painter.setComposition(withBanner('Two'), []);
  await texts(120);
  deliver('Two');
  for (const ms of [160, 200, 240]) {
    painter.setClock(ms);
    expect(await texts(ms)).toEqual(['Two']);
  }
  expect(closings.reduce((sum, times) => sum + times)).toBe(2);
  painter.close();
  expect(closings).toEqual([1, 1, 1, 1, 1]);
});

test('S7: what comes from beside and nobody wants any more is closed', () => {
  const { newSprite, closings } = slowMaker();
  const taken: unknown[] = [];
  const requests: SpriteRequest[] = [];
  const beside = createMakerBeside(
    (request) => requests.push(request),
    () => slowMaker().maker,
  );
  const order = { take: (sprite: unknown) => taken.push(sprite), fail: () => undefined };
  const spec: SpriteSpec = { kind: 'avatar', initials: 'A', colour: '#000000', size: 10 };
  const takeBack = beside.make(spec, order);
  expect(requests).toEqual([{ type: 'make', id: 1, spec }]);
  beside.answered({ id: 1, sprite: newSprite() });
  takeBack();
  beside.answered({ id: 1, sprite: newSprite() });
  beside.answered({ id: 99, sprite: newSprite() });
  expect(taken).toHaveLength(1);
  expect(closings).toEqual([0, 1, 1]);
});

test('S8: a picture of a scene is painted when all its sprites are there', async () => {
  const { painter, small, newSprite, orders } = start(compositionOf({}));
  const ticker = overlay(2, { kind: 'ticker', text: 'News', speed: 'fast' });
  const scene = compositionOf({ overlays: [banner('Scene'), ticker, lowerThird] });
  const picture = painter.picture(scene, 320, 0).catch(String);
  for (const kind of ['avatar', 'name-tag', 'banner', 'ticker', 'lower-third']) {
    await expect.poll(() => orders.at(-1)?.spec.kind).toBe(kind);
    expect(small).toEqual([]);
    orders.at(-1)?.order.take(newSprite());
  }
  expect(await picture).toContain('no pictures');
  expect(small.map(({ missing }) => missing)).toEqual([0]);
});

test('S8: the sprites of a scene whose picture was painted are there when it is taken, and are closed once', async () => {
  const { painter, deliver, texts, ordersOf, orders, closings } = start(compositionOf({}));
  await painter.paint(0);
  deliver();
  const scene = withBanner('Scene');
  const picture = painter.picture(scene, 320, 0).catch(String);
  await expect.poll(() => orders.length).toBe(3);
  deliver('Scene');
  await picture;
  painter.setComposition(scene, []);
  expect(await texts(40)).toEqual(['Scene']);
  expect(ordersOf('Scene')).toHaveLength(1);
  painter.setComposition(compositionOf({}), []);
  for (const ms of [80, 120, 160]) {
    painter.setClock(ms);
    expect(await texts(ms)).toEqual([]);
  }
  // For its picture it is kept.
  expect(closings).toEqual([0, 0, 0]);
  painter.close();
  expect(closings).toEqual([1, 1, 1]);
});

test('S8: a picture that waits for sprites is given up when the painter closes', async () => {
  const { painter, small, orders, newSprite } = start(compositionOf({}));
  const picture = painter.picture(withBanner('Scene'), 320, 0).catch(String);
  for (const kind of ['avatar', 'name-tag', 'banner']) {
    await expect.poll(() => orders.at(-1)?.spec.kind).toBe(kind);
    if (kind !== 'banner') orders.at(-1)?.order.take(newSprite());
  }
  painter.close();
  expect(await picture).toContain('closed');
  expect(small).toEqual([]);
});

test('S9: without the worker beside the painter makes what is missing, and what comes', async () => {
  const here = slowMaker();
  const requests: SpriteRequest[] = [];
  const beside = createMakerBeside(
    (request) => requests.push(request),
    () => here.maker,
  );
  const { painter, spritesAt } = startPainter(withBanner('One'), beside);
  await painter.paint(0);
  const tag = requests
    .flatMap((request) => (request.type === 'make' ? request : []))
    .find(({ spec }) => spec.kind === 'name-tag');
  beside.answered({ id: tag?.id ?? -1, sprite: here.newSprite() });
  beside.lose();
  beside.lose();
  expect(here.orders.map(({ spec }) => spec.kind).sort()).toEqual(['avatar', 'banner']);
  here.deliver();
  expect(await spritesAt(40, 'banner')).toHaveLength(1);
  const asked = requests.length;
  painter.setComposition(withBanner('Two'), []);
  await painter.paint(80);
  expect(requests).toHaveLength(asked);
  expect(here.ordersOf('Two')).toHaveLength(1);
  painter.setComposition(compositionOf({}), []);
  for (const ms of [120, 160, 200]) {
    painter.setClock(ms);
    await painter.paint(ms);
  }
  expect(here.ordersOf('One').map(({ takenBack }) => takenBack)).toEqual([true]);
});

test('S9: images that came before are made without the worker beside, too', () => {
  const here = slowMaker();
  const beside = createMakerBeside(
    () => undefined,
    () => here.maker,
  );
  const [kept, dropped] = BACKGROUNDS;
  if (kept === undefined || dropped === undefined) throw new Error('two backgrounds');
  for (const asset of [kept, dropped]) beside.setImage(asset, new Blob());
  beside.dropImage(dropped);
  beside.lose();
  expect([...here.files.keys()]).toEqual([kept]);
});

test('S12: what cannot be made is left out and told once', async () => {
  const { painter, texts, orders, failures, deliver } = start(withBanner('One'));
  await texts(0);
  orders.find(({ spec }) => spec.kind === 'banner')?.order.fail('no such letters');
  for (const ms of [40, 80]) {
    painter.setClock(ms);
    expect(await texts(ms)).toEqual([]);
  }
  expect(failures).toEqual(['no such letters']);
  deliver('name-tag');
  expect(await texts(120, 'name-tag')).toEqual(['Ada']);
});
