/** A key with its modifiers, written as `Mod+Shift+Z`; `Mod` is Ctrl, on a Mac also Command. */
export type Hotkey = string;

export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Keys that move the focus, close things or only modify others. */
const NOT_FOR_US = new Set([
  'Alt',
  'AltGraph',
  'CapsLock',
  'Control',
  'Dead',
  'Escape',
  'Meta',
  'Process',
  'Shift',
  'Tab',
  'Unidentified',
]);

/** What browsers do themselves and give to no page. */
const OF_BROWSERS = new Set([
  'Mod+N',
  'Mod+T',
  'Mod+W',
  'Mod+Q',
  'Mod+R',
  'Mod+L',
  'Mod+Shift+N',
  'F5',
  'F11',
]);

/** The pressed keys as a hotkey, or null when they cannot be one. */
export function hotkeyOf(press: KeyPress): Hotkey | null {
  if (NOT_FOR_US.has(press.key)) return null;
  const key = keyName(press);
  // Shift is part of how a sign like ? is typed, and differs from keyboard to keyboard.
  const sign = key.length === 1 && !/[A-Z0-9]/.test(key);
  const parts = [
    ...(press.ctrlKey || press.metaKey ? ['Mod'] : []),
    ...(press.altKey ? ['Alt'] : []),
    ...(press.shiftKey && !sign ? ['Shift'] : []),
    key,
  ];
  return parts.join('+');
}

/** Digits by their place (Shift changes the sign), letters by what is written on them where that is Latin. */
function keyName({ key, code, altKey }: KeyPress): string {
  if (key === ' ') return 'Space';
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return digit;
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  return letter !== undefined && (altKey || /\P{ASCII}/u.test(key)) ? letter : key;
}

export function isOfBrowser(hotkey: Hotkey): boolean {
  return OF_BROWSERS.has(hotkey);
}

const ARROWS: Readonly<Record<string, string>> = { Left: '←', Right: '→', Up: '↑', Down: '↓' };

/** As it is written on the keys of this computer. */
export function hotkeyText(hotkey: Hotkey, mac: boolean): string {
  const text = hotkey.replace(/Arrow(Left|Right|Up|Down)$/, (arrow, way: string) => ARROWS[way] ?? arrow);
  if (!mac) return text.replace('Mod', 'Ctrl');
  return text.replace('Mod+', '⌘').replace('Alt+', '⌥').replace('Shift+', '⇧');
}

/** As `aria-keyshortcuts` wants it. */
export function hotkeyAria(hotkey: Hotkey, mac: boolean): string {
  return hotkey.replace('Mod', mac ? 'Meta' : 'Control');
}

export function isMac(): boolean {
  return typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);
}
