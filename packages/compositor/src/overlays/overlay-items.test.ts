import { type Composition, newStudioDocument, type Overlay, overlaySchema } from '@streamus/studio';
import { describe, expect, test } from 'vitest';
import { ANIMATION_MS, followShown, overlayItems, type Shown } from './overlay-items.ts';
import { clockText, countdownText } from './times.ts';

const ID = '22222222-2222-4222-8222-222222222222';
const OTHER = '33333333-3333-4333-8333-333333333333';

function overlay(fields: Record<string, unknown>): Overlay {
  return overlaySchema.parse({ id: ID, ...fields });
}

const lowerThird = overlay({ kind: 'lower-third', title: 'Ada', subtitle: '', animation: 'slide' });
const banner = overlay({ kind: 'banner', id: OTHER, text: 'Hello', style: 'solid' });
const ticker = overlay({ kind: 'ticker', text: 'News', speed: 'normal' });

const { programme, people, onAir } = newStudioDocument();
const composition: Composition = { programme, people, air: onAir };
const on = (one: Overlay, since = 0): Shown => ({ overlay: one, since, leftAt: null });
const items = (shown: readonly Shown[], nowMs: number) =>
  overlayItems(composition, shown, new Map(), { nowMs, clockAheadMs: 0 });

function countdown(end: Record<string, unknown>, atZero: string) {
  const made = overlay({ kind: 'countdown', title: '', end, atZero });
  if (made.kind !== 'countdown') throw new Error('no countdown');
  return made;
}

describe('a countdown', () => {
  const end = { kind: 'instant', endsAt: 100_000 };

  test('shows every second once, and 0:00 when it is over', () => {
    const given = countdown(end, 'stay');
    expect(countdownText(given, 34_999)).toEqual({ text: '1:06', changesAt: 35_000 });
    expect(countdownText(given, 35_000)).toEqual({ text: '1:05', changesAt: 36_000 });
    expect(countdownText(given, 99_999)).toEqual({ text: '0:01', changesAt: 100_000 });
    expect(countdownText(given, 100_000)).toEqual({ text: '0:00', changesAt: null });
    expect(countdownText(countdown({ kind: 'instant', endsAt: 7_384_000 }, 'stay'), 0)?.text).toBe('2:03:04');
  });

  test('then stays, goes or counts up', () => {
    expect(countdownText(countdown(end, 'hide'), 100_001)).toBeNull();
    const up = countdown(end, 'count-up');
    expect(countdownText(up, 100_000)).toEqual({ text: '0:00', changesAt: 101_000 });
    expect(countdownText(up, 165_500)).toEqual({ text: '+1:05', changesAt: 166_000 });
  });

  test('stands still until it is started', () => {
    const standing = countdown({ kind: 'duration', durationMs: 90_000, startedAt: null }, 'stay');
    expect(countdownText(standing, 5)).toEqual({ text: '1:30', changesAt: null });
    const started = countdown({ kind: 'duration', durationMs: 90_000, startedAt: 10_000 }, 'stay');
    expect(countdownText(started, 10_500)).toEqual({ text: '1:30', changesAt: 11_000 });
  });
});

test('a clock shows its zone’s time, changes with the minute, and takes an unknown zone as UTC', () => {
  const clock = (timeZone: string, format: string) => {
    const made = overlay({ kind: 'clock', timeZone, format });
    if (made.kind !== 'clock') throw new Error('no clock');
    return made;
  };
  const noon = Date.UTC(2026, 5, 1, 12, 0, 30);
  expect(clockText(clock('Europe/Berlin', '24-hours'), noon)).toEqual({
    text: '14:00',
    changesAt: noon + 30_000,
  });
  expect(clockText(clock('UTC', '12-hours'), noon).text).toMatch(/^12:00\s?pm$/i);
  expect(clockText(clock('No/Where', '24-hours'), noon).text).toBe('12:00');
});

describe('overlays', () => {
  test('countdowns and clocks go by the studio’s clock, everything that moves by this machine’s', () => {
    const started = countdown({ kind: 'duration', durationMs: 60_000, startedAt: 130_000 }, 'stay');
    const at = (one: Overlay, since: number) =>
      overlayItems(composition, [on(one, since)], new Map(), { nowMs: 100_200, clockAheadMs: 30_000 });
    const { items: counted, changesAt } = at(started, 0);
    expect(counted).toMatchObject([{ sprite: { time: '1:00' } }]);
    expect(changesAt).toBe(101_000);
    const clock = overlay({ kind: 'clock', timeZone: 'UTC', format: '24-hours' });
    const time = '00:02';
    expect(at(clock, 0)).toMatchObject({ items: [{ sprite: { time } }], changesAt: 150_000 });
    expect(at(ticker, 100_200).items).toMatchObject([{}, { travel: 0 }]);
  });

  test('that move are drawn at every frame, those that stand never again', () => {
    expect(items([on(banner)], 5000).changesAt).toBeNull();
    expect(items([on(ticker)], 5000).changesAt).toBe(5000);
    expect(items([on(lowerThird, 4900)], 5000).changesAt).toBe(5000);
    expect(items([on(lowerThird, 0)], 5000).changesAt).toBeNull();
  });

  test('a ticker comes in from outside at its speed; one written from right to left from the other side', () => {
    const strip = (one: Overlay, nowMs: number) =>
      items([on(one, 1000)], nowMs).items.find((item) => item.kind === 'strip');
    expect(strip(ticker, 1000)).toMatchObject({ travel: 0, towards: 'left' });
    expect(strip(ticker, 3000)).toMatchObject({ travel: 2 * 0.13 * 1080 });
    expect(strip(overlay({ kind: 'ticker', text: 'أخبار', speed: 'slow' }), 1000)).toMatchObject({
      towards: 'right',
    });
  });

  test('stand above one another: ticker, banner, lower third', () => {
    const all = items([on(lowerThird), on(banner), on(ticker)], 5000).items;
    const bottoms = all.flatMap((item) => (item.kind === 'sprite' ? item.y : []));
    expect(bottoms).toHaveLength(2);
    const [lower = 0, ban = 0] = bottoms;
    const box = all.find((item) => item.kind === 'plate');
    expect(lower).toBeLessThan(ban);
    expect(box).toMatchObject({ box: { y: 1080 - 67 } });
    expect(ban).toBeLessThan(1080 - 67);
  });

  test('a lower third slides in, stays, and slides out before it is forgotten', () => {
    const first = followShown(new Map(), [lowerThird, banner], 1000);
    expect(first.get(lowerThird.id)).toEqual({ overlay: lowerThird, since: 1000, leftAt: null });
    const same = followShown(first, [lowerThird, banner], 9000);
    expect(same.get(lowerThird.id)?.since).toBe(1000);
    const left = followShown(same, [], 9500);
    expect([...left.keys()]).toEqual([lowerThird.id]);
    const shift = (nowMs: number) =>
      items([...left.values()], nowMs).items.map((item) => (item.kind === 'sprite' ? item.shift : null))[0];
    expect(shift(9500)).toBeCloseTo(0);
    expect(shift(9500 + ANIMATION_MS / 2)).toBeLessThan(-0.1);
    expect(followShown(left, [], 9500 + ANIMATION_MS).size).toBe(0);
  });

  test('a lower third that turns back on its way goes on from where it is', () => {
    const shift = (shown: ReadonlyMap<unknown, Shown>, nowMs: number) => {
      const [item] = items([...shown.values()], nowMs).items;
      return item?.kind === 'sprite' ? item.shift : Number.NaN;
    };
    const arriving = followShown(new Map(), [lowerThird], 1000);
    for (const ms of [20, 50, 170, 390]) {
      const leaving = followShown(arriving, [], 1000 + ms);
      expect(shift(leaving, 1000 + ms)).toBeCloseTo(shift(arriving, 1000 + ms));
      const back = followShown(leaving, [lowerThird], 1000 + ms + 5);
      expect(shift(back, 1000 + ms + 5)).toBeCloseTo(shift(leaving, 1000 + ms + 5));
    }
    const standing = followShown(arriving, [lowerThird], 9000);
    const leaving = followShown(followShown(standing, [], 9000), [], 9100);
    const back = followShown(leaving, [lowerThird], 9100);
    expect(shift(back, 9100)).toBeCloseTo(shift(leaving, 9100));
    expect(shift(back, 9100)).toBeLessThan(0);
    expect(shift(back, 9100 + 100)).toBeCloseTo(0);
    expect(back.get(lowerThird.id)?.leftAt).toBeNull();
  });

  test('an image that is not loaded is not drawn', () => {
    const box = { x: 0, y: 0, width: 5000, height: 5000 };
    const image = overlay({ kind: 'image', name: 'Frame', asset: OTHER, box, opacity: 50 });
    expect(items([on(image)], 0).items).toEqual([]);
    if (image.kind !== 'image') throw new Error('no image');
    const assets = new Map([[image.asset, { width: 100, height: 100 }]]);
    expect(overlayItems(composition, [on(image)], assets, { nowMs: 0, clockAheadMs: 0 }).items).toMatchObject(
      [
        {
          x: 210,
          y: 540,
          opacity: 0.5,
          sprite: { kind: 'image', to: { x: 0, y: 0, width: 540, height: 540 } },
        },
      ],
    );
  });
});
