import type { AnyCommand } from './commands.ts';
import type { StudioDocument } from './document.ts';

/** Why a well-formed command does not fit the document it meets. SPEC C. */
export type Refusal =
  | 'unknown_person'
  | 'unknown_source'
  | 'not_on_stage'
  | 'already_on_stage'
  | 'stage_full'
  | 'studio_full'
  | 'programme_locked';

export type Reduced = { ok: true; document: StudioDocument } | { ok: false; refusal: Refusal };

/** Facts outside the document that a rule needs. */
export interface ReduceContext {
  /** A stream of this studio is live: the programme's shape is locked. */
  readonly live: boolean;
}

export declare function reduce(
  document: StudioDocument,
  command: AnyCommand,
  context: ReduceContext,
): Reduced;
