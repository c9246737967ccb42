import type { StudioDocument } from './document.ts';
import type { PersonId } from './ids.ts';

/** Why a well-formed command does not fit the document it meets. SPEC C, S, O, L, U. */
export type Refusal =
  | 'unknown_person'
  | 'unknown_source'
  | 'unknown_scene'
  | 'unknown_overlay'
  | 'unknown_layout'
  | 'id_taken'
  | 'not_on_stage'
  | 'already_on_stage'
  | 'stage_full'
  | 'studio_full'
  | 'scenes_full'
  | 'last_scene'
  | 'scene_on_air'
  | 'overlays_full'
  | 'overlay_of_other_kind'
  | 'already_shown'
  | 'not_shown'
  | 'shown_full'
  | 'layouts_full'
  | 'layout_on_air'
  | 'not_in_preview'
  | 'nothing_to_undo'
  | 'nothing_to_redo'
  | 'undo_outdated'
  | 'programme_locked';

export type Reduced = { ok: true; document: StudioDocument } | { ok: false; refusal: Refusal };

/** Facts outside the document that a rule needs. */
export interface ReduceContext {
  /** A stream of this studio is live: the programme's shape is locked. */
  readonly live: boolean;
  /** Who asks; null: the system. */
  readonly by: PersonId | null;
  /** When, in milliseconds since 1970 by the server's clock. */
  readonly atMs: number;
}

export function done(document: StudioDocument): Reduced {
  return { ok: true, document };
}

export function refused(refusal: Refusal): Reduced {
  return { ok: false, refusal };
}
