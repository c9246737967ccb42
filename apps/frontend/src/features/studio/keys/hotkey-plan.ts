import type { Hotkey } from './hotkey.ts';

/** The keys of UX.md, by action. */
export const DEFAULT_HOTKEYS: Readonly<Record<string, Hotkey>> = {
  talk: 'Space',
  mute: 'M',
  camera: 'V',
  screen: 'S',
  banner: 'B',
  'go-live': 'L',
  take: 'Enter',
  'preview-mode': 'P',
  'follow-speaker': 'F',
  'add-scene': 'N',
  'scene-sheet': 'E',
  'toggle-scenes': '[',
  'toggle-panel': ']',
  undo: 'Mod+Z',
  redo: 'Mod+Shift+Z',
  palette: 'Mod+K',
  keys: '?',
  ...Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`layout-${n + 1}`, String(n + 1)])),
  ...Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`scene-${n + 1}`, `Shift+${n + 1}`])),
};

/** What somebody chose instead, by action; null: no key at all. */
export type ChosenHotkeys = Readonly<Record<string, Hotkey | null>>;

export function hotkeyFor(chosen: ChosenHotkeys, action: string): Hotkey | null {
  const own = chosen[action];
  return own === undefined ? (DEFAULT_HOTKEYS[action] ?? null) : own;
}

/** The action that has a key already, if another one has. */
export function holderOf(
  chosen: ChosenHotkeys,
  hotkey: Hotkey,
  actions: readonly string[],
  except: string,
): string | null {
  return actions.find((id) => id !== except && hotkeyFor(chosen, id) === hotkey) ?? null;
}

/** The plan with `hotkey` given to `action`, and taken from whichever of `actions` had it. */
export function withHotkey(
  chosen: ChosenHotkeys,
  action: string,
  hotkey: Hotkey | null,
  actions: readonly string[],
): ChosenHotkeys {
  const holder = hotkey === null ? null : holderOf(chosen, hotkey, actions, action);
  const freed = holder === null ? chosen : { ...chosen, [holder]: null };
  return { ...freed, [action]: hotkey };
}
