import { personOfSource, type StudioDocument, sourceIdSchema, type UndoStep } from '@streamus/studio';
import type { TFunction } from 'i18next';
import { z } from 'zod';

/** Scenes, layouts and most overlays have a name; banners and the like are known by what they say. */
const named = z.union([
  z.object({ name: z.string() }).transform(({ name }) => name),
  z.object({ text: z.string() }).transform(({ text }) => text.slice(0, 40)),
]);

function wordsOf(thing: unknown): string {
  return named.safeParse(thing).data ?? '';
}

/** Whom a step put somewhere, on the studio's stage or a scene's own. */
function personIn(step: UndoStep, document: StudioDocument): string {
  for (const patch of step.patches) {
    const source = sourceIdSchema.safeParse(patch.kind === 'item' ? patch.item : null);
    if (source.success) return personOfSource(document, source.data)?.name ?? '';
  }
  return '';
}

/** The name of the thing a step is about: as the step has it, else as the document has it. */
function nameIn(step: UndoStep, document: StudioDocument): string {
  if (/^(put|move)-(on-stage|backstage)$/.test(step.command)) return personIn(step, document);
  for (const patch of step.patches) {
    if (patch.kind === 'entity') {
      return wordsOf(patch.after ?? patch.before);
    }
  }
  for (const patch of step.patches) {
    if (patch.kind === 'entity') continue;
    const [of, id = ''] = patch.path;
    if (of === 'scenes' || of === 'overlays') return nameOf(document, id);
    if (patch.kind !== 'item') continue;
    const name = nameOf(document, patch.item);
    if (name !== '') return name;
  }
  return '';
}

/** Of the scene or overlay with this id. */
function nameOf({ scenes, overlays }: StudioDocument, id: string): string {
  const all: readonly { readonly id: string }[] = [...Object.values(scenes), ...Object.values(overlays)];
  return wordsOf(all.find((one) => one.id === id));
}

/** What a step did, in words: “deletion of scene Intro”. */
export function stepWords(step: UndoStep, document: StudioDocument, t: TFunction<'direction'>): string {
  const name = nameIn(step, document);
  switch (step.command) {
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
    case 'set-transition':
    case 'save-layout':
    case 'delete-layout':
    case 'add-overlay':
    case 'edit-overlay':
    case 'delete-overlay':
    case 'start-countdown':
    case 'reset-countdown':
    case 'move-overlay':
    case 'show-overlay':
    case 'hide-overlay':
    case 'set-background':
    case 'set-logo':
    case 'set-name-tags':
    case 'set-accent':
    case 'set-brand':
    case 'use-kit':
    case 'set-programme':
    case 'put-on-stage':
    case 'put-backstage':
    case 'move-on-stage':
    case 'rename-person':
      return t(`step.${step.command}`, { name });
    default:
      return t('step.other');
  }
}
