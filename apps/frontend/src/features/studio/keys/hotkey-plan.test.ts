import { expect, test } from 'vitest';
import { fixedUse } from './fixed-keys.ts';
import { DEFAULT_HOTKEYS, holderOf, hotkeyFor, withHotkey } from './hotkey-plan.ts';

test('no two actions begin with the same key', () => {
  const keys = Object.values(DEFAULT_HOTKEYS);
  expect(new Set(keys).size).toBe(keys.length);
});

test('keys of what has the focus are nobody else’s; Enter and space are shared with buttons', () => {
  expect(Object.values(DEFAULT_HOTKEYS).filter((hotkey) => fixedUse(hotkey) !== null)).toEqual([]);
  expect(fixedUse('Alt+ArrowUp')).toBe('move');
  expect(fixedUse('F2')).toBe('rename');
  expect(fixedUse('Enter')).toBeNull();
});

test('a chosen key goes before the one an action began with, and can be none', () => {
  expect(hotkeyFor({}, 'mute')).toBe('M');
  expect(hotkeyFor({ mute: 'X' }, 'mute')).toBe('X');
  expect(hotkeyFor({ mute: null }, 'mute')).toBeNull();
  expect(hotkeyFor({}, 'no-such-action')).toBeNull();
});

test('a key taken over leaves the action that had it', () => {
  const actions = ['mute', 'camera', 'take'];
  expect(holderOf({}, 'M', actions, 'camera')).toBe('mute');
  expect(holderOf({}, 'M', actions, 'mute')).toBeNull();
  const plan = withHotkey({}, 'camera', 'M', actions);
  expect(plan).toEqual({ camera: 'M', mute: null });
  expect(holderOf(plan, 'V', actions, 'take')).toBeNull();
});
