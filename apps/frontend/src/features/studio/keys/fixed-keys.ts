import type { Hotkey } from './hotkey.ts';

/**
 * Keys of whatever has the focus: a scene, a card, a row. They stay as they are, because screen readers and other programs
 * have the same; no action takes one of them.
 */
export const FIXED_KEYS = {
  moveAside: ['Alt+ArrowLeft', 'Alt+ArrowRight'],
  move: ['Alt+ArrowUp', 'Alt+ArrowDown'],
  walk: ['ArrowUp', 'ArrowDown'],
  rename: ['F2'],
  delete: ['Delete', 'Backspace'],
  press: ['Enter', 'Space'],
  close: ['Escape'],
} as const satisfies Readonly<Record<string, readonly Hotkey[]>>;

export type FixedKey = keyof typeof FIXED_KEYS;

/** In the order in which they are listed. */
export const fixedKeys: readonly FixedKey[] = [
  'walk',
  'press',
  'move',
  'moveAside',
  'rename',
  'delete',
  'close',
];

/** What the desk's own actions may use as well: they leave it to a button that has the focus. */
const SHARED: ReadonlySet<FixedKey> = new Set(['press']);

/** The fixed use of a key that no action can have; null: it is free. */
export function fixedUse(hotkey: Hotkey): FixedKey | null {
  return fixedKeys.find((use) => !SHARED.has(use) && FIXED_KEYS[use].some((one) => one === hotkey)) ?? null;
}

/** Whether a pressed key is one of these. */
export function isFixed(use: FixedKey, hotkey: Hotkey | null): boolean {
  return FIXED_KEYS[use].some((one) => one === hotkey);
}
