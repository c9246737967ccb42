import { DEFAULT_PROGRAMME, overlayIdSchema } from '@streamus/studio';
import { expect, test } from 'vitest';
import {
  changeOf,
  checkDraft,
  cornerArea,
  type Draft,
  draftSchema,
  keepRunning,
  newDraft,
  overlayKinds,
  qrCodeRemark,
} from './overlay-draft.ts';

const id = overlayIdSchema.parse('11111111-1111-4111-8111-111111111111');
const facts = { id, timeZone: 'Europe/Berlin' };
const draft = (fields: Partial<Draft>): Draft =>
  ({ ...newDraft(fields.kind ?? 'banner', facts), ...fields }) as Draft;

test('a new overlay asks for its text, and for nothing that has a good default', () => {
  const asked = overlayKinds.map((kind) => {
    const checked = checkDraft(newDraft(kind, facts));
    return 'problems' in checked ? Object.keys(checked.problems).sort() : [];
  });
  expect(Object.fromEntries(overlayKinds.map((kind, index) => [kind, asked[index]]))).toEqual({
    banner: ['text'],
    'lower-third': ['title'],
    ticker: ['text'],
    countdown: [],
    'qr-code': ['url'],
    image: ['asset', 'name'],
    clock: [],
  });
});

test('a text that is too long is told how long it may be', () => {
  expect(checkDraft(draft({ kind: 'banner', text: 'x'.repeat(10_000) }))).toEqual({
    problems: { text: { kind: 'long', max: 200 } },
  });
});

test('an address whose code grows, or cannot be read, is remarked on at once', () => {
  const remark = (length: number, height: number) => {
    const code = draft({ kind: 'qr-code', url: 'example.org/'.padEnd(length, 'a') });
    if (code.kind !== 'qr-code') throw new Error('no code');
    return qrCodeRemark(code, { width: (height * 16) / 9, height, fps: 30, videoBitrate: 6_000_000 });
  };
  expect(
    qrCodeRemark({ id, kind: 'qr-code', url: '', corner: 'top-left', caption: '' }, DEFAULT_PROGRAMME),
  ).toBe(null);
  expect(remark(60, 1080)).toBe(null);
  expect(remark(490, 1080)).toBe('large');
  expect(remark(490, 720)).toBe('large');
  // With `https://` before it, the code holds 152 characters.
  expect(remark(144, 360)).toBe('large');
  expect(remark(145, 360)).toBe('unreadable');
});

test('lines of a ticker become one', () => {
  expect(checkDraft(draft({ kind: 'ticker', text: ' One \n\nTwo' }))).toMatchObject({
    overlay: { text: 'One • Two' },
  });
});

test.each([
  ['example.org/a?b=c', 'https://example.org/a?b=c'],
  ['http://example.org', 'http://example.org'],
])('the address %s becomes %s', (url, saved) => {
  expect(checkDraft(draft({ kind: 'qr-code', url }))).toMatchObject({ overlay: { url: saved } });
});

test.each(['javascript:alert(1)', 'two words', 'ftp://example.org'])('%s is no address', (url) => {
  expect(checkDraft(draft({ kind: 'qr-code', url }))).toEqual({ problems: { url: { kind: 'address' } } });
});

test('an area beyond the programme and a countdown without an end are refused beside their fields', () => {
  const box = { ...cornerArea('top-right'), x: 9000 };
  expect(checkDraft(draft({ kind: 'image', name: 'a', box }))).toMatchObject({
    problems: { box: { kind: 'area' } },
  });
  const end = { kind: 'instant' as const, endsAt: Number.NaN };
  expect(checkDraft(draft({ kind: 'countdown', end }))).toEqual({ problems: { end: { kind: 'time' } } });
});

test('a change names the fields that differ, and is none when nothing does', () => {
  const before = draft({ kind: 'banner', text: 'Old' });
  expect(changeOf(before, draft({ kind: 'banner', text: 'New' }))).toEqual({ kind: 'banner', text: 'New' });
  expect(changeOf(before, before)).toBe(null);
});

test('a countdown that was started while its text was written runs on', () => {
  const duration = (startedAt: number | null, durationMs = 60_000) =>
    draft({ kind: 'countdown', end: { kind: 'duration', durationMs, startedAt } });
  expect(keepRunning(duration(5), duration(null, 90_000))).toEqual(duration(5, 90_000));
  expect(keepRunning(duration(null), duration(5))).toEqual(duration(null));
  const until = draft({ kind: 'countdown', end: { kind: 'instant', endsAt: 7 } });
  expect(keepRunning(duration(5), until)).toBe(until);
});

test('a draft with bad texts comes back after a reload, anything else does not', () => {
  const kept = draft({ kind: 'banner', text: '' });
  expect(draftSchema.safeParse(JSON.parse(JSON.stringify(kept))).success).toBe(true);
  expect(draftSchema.safeParse({ kind: 'banner' }).success).toBe(false);
  expect(draftSchema.safeParse('text').success).toBe(false);
});
