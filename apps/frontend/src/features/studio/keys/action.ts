export const actionGroups = ['own', 'show', 'scenes', 'layouts', 'edit', 'screen'] as const;
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
}

/** The actions that can be done at this moment, made anew each time they are asked for. */
export type ActionSource = () => readonly Action[];
