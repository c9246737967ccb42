export const actionGroups = [
  'own',
  'show',
  'scenes',
  'layouts',
  'people',
  'overlays',
  'brand',
  'edit',
  'screen',
] as const;
export type ActionGroup = (typeof actionGroups)[number];

/** Something that can be done in the studio: by its key, from the palette, and listed among the keys. */
export interface Action {
  /** Under which its key is remembered. */
  readonly id: string;
  readonly group: ActionGroup;
  readonly name: string;
  readonly run: () => void;
  /** When its key is let go. */
  readonly release?: () => void;
  /** Why it cannot be done now; null: it can. */
  readonly unavailable?: string | null;
  /** Done by holding its key: of no use in the palette. */
  readonly held?: boolean;
  /** In the palette only: too many of its kind, or too rarely wanted, for a key of its own. */
  readonly unlisted?: boolean;
}

/** Of things in a row so many have keys of their own: the digits. */
const PLACES = 9;

/** For the n-th thing of a row (from 0): bound by its place, beyond the ninth found in the palette only. */
export function atPlace(id: string, index: number): Pick<Action, 'id' | 'unlisted'> {
  return { id: `${id}-${index + 1}`, unlisted: index >= PLACES };
}

/** The actions that can be done at this moment, made anew each time they are asked for. */
export type ActionSource = () => readonly Action[];
