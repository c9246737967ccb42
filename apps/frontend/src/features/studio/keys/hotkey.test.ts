import { expect, test } from 'vitest';
import { hotkeyAria, hotkeyOf, hotkeyText, type KeyPress } from './hotkey.ts';

const press = (over: Partial<KeyPress>): KeyPress => ({
  key: 'a',
  code: 'KeyA',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...over,
});

test('a hotkey names key and modifiers, whatever the keyboard makes of them', () => {
  const cases: readonly (readonly [Partial<KeyPress>, string | null])[] = [
    [{ key: 'm', code: 'KeyM' }, 'M'],
    [{ key: 'Z', code: 'KeyZ', metaKey: true, shiftKey: true }, 'Mod+Shift+Z'],
    [{ key: '!', code: 'Digit1', shiftKey: true }, 'Shift+1'],
    [{ key: '&', code: 'Digit1' }, '1'],
    [{ key: '?', code: 'Slash', shiftKey: true }, '?'],
    [{ key: 'ь', code: 'KeyM' }, 'M'],
    [{ key: 'z', code: 'KeyY', ctrlKey: true }, 'Mod+Z'],
    [{ key: 'ƒ', code: 'KeyF', altKey: true }, 'Alt+F'],
    [{ key: ' ', code: 'Space' }, 'Space'],
    [{ key: 'Enter', code: 'Enter' }, 'Enter'],
    [{ key: 'Tab', code: 'Tab' }, null],
    [{ key: 'Shift', code: 'ShiftLeft', shiftKey: true }, null],
  ];
  for (const [given, wanted] of cases) expect(hotkeyOf(press(given)), given.key).toBe(wanted);
});

test('hotkeys are written as on the computer’s keys', () => {
  expect(hotkeyText('Mod+Shift+Z', false)).toBe('Ctrl+Shift+Z');
  expect(hotkeyText('Mod+Shift+Z', true)).toBe('⌘⇧Z');
  expect(hotkeyText('Alt+ArrowLeft', false)).toBe('Alt+←');
  expect(hotkeyText('Alt+ArrowLeft', true)).toBe('⌥←');
  expect(hotkeyAria('Mod+K', false)).toBe('Control+K');
});
