import { syncAir } from './air/air-of.ts';
import { reduceAir } from './air/reduce-air.ts';
import { reduceBrand } from './brand/reduce-brand.ts';
import type { AnyCommand } from './commands.ts';
import type { StudioDocument } from './document.ts';
import { reduceLayouts } from './layout/reduce-layouts.ts';
import { reduceOverlays } from './overlays/reduce-overlays.ts';
import { addPerson, reducePeople } from './people/reduce-people.ts';
import { done, type ReduceContext, type Reduced } from './result.ts';
import { reduceScenes } from './scenes/reduce-scenes.ts';
import { reduceStage } from './stage/reduce-stage.ts';
import { keepStep, reduceUndo } from './undo/reduce-undo.ts';

/**
 * The document after a command, or why it does not fit. Pure; `document` is never changed. `command` is taken
 * as parsed by its schema: a valid document and a parsed command give a valid document (SPEC D6).
 */
export function reduce(document: StudioDocument, command: AnyCommand, context: ReduceContext): Reduced {
  const reduced = change(document, command, context);
  if (!reduced.ok) return reduced;
  const kept = isOwnStep(command)
    ? reduced.document
    : keepStep(document, reduced.document, command.type, {
        ...context,
        by: isUndoable(command) ? context.by : null,
      });
  return done(syncAir(kept));
}

function change(document: StudioDocument, command: AnyCommand, context: ReduceContext): Reduced {
  switch (command.type) {
    case 'put-on-stage':
    case 'put-backstage':
    case 'move-on-stage':
    case 'withdraw-source':
      return reduceStage(document, command);
    case 'rename-person':
    case 'mute-person':
    case 'remove-person':
      return reducePeople(document, command);
    case 'add-person':
      return addPerson(document, command.person);
    case 'add-scene':
    case 'duplicate-scene':
    case 'rename-scene':
    case 'delete-scene':
    case 'move-scene':
    case 'set-layout':
    case 'set-spotlight':
    case 'set-follow-speaker':
    case 'set-cast':
    case 'set-scene-background':
    case 'set-scene-transition':
      return reduceScenes(document, command);
    case 'select-scene':
    case 'take':
    case 'set-mode':
    case 'set-transition':
      return reduceAir(document, command);
    case 'add-overlay':
    case 'edit-overlay':
    case 'delete-overlay':
    case 'start-countdown':
    case 'reset-countdown':
    case 'move-overlay':
    case 'show-overlay':
    case 'hide-overlay':
      return reduceOverlays(document, command, context);
    case 'save-layout':
    case 'delete-layout':
      return reduceLayouts(document, command);
    case 'set-background':
    case 'set-logo':
    case 'set-name-tags':
    case 'set-accent':
    case 'set-brand':
    case 'use-kit':
    case 'set-programme':
      return reduceBrand(document, command, context);
    case 'undo':
    case 'redo':
      return reduceUndo(document, command, context);
  }
}

/** Undo and redo keep their steps themselves. */
function isOwnStep({ type }: AnyCommand): boolean {
  return type === 'undo' || type === 'redo';
}

/** What has happened to the show, or to people in the room, cannot be taken back. SPEC U2. */
function isUndoable({ type }: AnyCommand): boolean {
  switch (type) {
    case 'select-scene':
    case 'take':
    case 'set-mode':
    case 'withdraw-source':
    case 'mute-person':
    case 'remove-person':
    case 'add-person':
      return false;
    default:
      return true;
  }
}
