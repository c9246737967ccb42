import { z } from 'zod';
import { syncAir } from '../air/air-of.ts';
import {
  DOCUMENT_VERSION,
  newStudioDocument,
  type StudioDocument,
  studioDocumentSchema,
} from '../document.ts';
import { FIRST_SCENE, newScene } from '../scenes/scene.ts';
import { type DocumentV1, documentV1Schema } from './version-1.ts';
import { type DocumentV2, documentV2Schema } from './version-2.ts';

/** A document as it was saved, of any version: read it with `migrate`. */
export const savedDocumentSchema = z.looseObject({ version: z.int().positive() });
export type SavedDocument = z.infer<typeof savedDocumentSchema>;

/** A document of a newer version than this code, or of none. */
export class UnknownDocumentVersion extends Error {
  constructor(version: number) {
    super(`a studio document of version ${version} is not known here`);
    this.name = 'UnknownDocumentVersion';
  }
}

/**
 * A saved document as one of today, the same each time. What it showed on air it still shows. A document of today is
 * taken as it is: only `reduce` writes them. SPEC M.
 */
export function migrate(saved: SavedDocument): StudioDocument {
  switch (saved.version) {
    case 1:
      return fromV1(documentV1Schema.parse(saved));
    case 2:
      return fromV2(documentV2Schema.parse(saved));
    case DOCUMENT_VERSION:
      return studioDocumentSchema.parse(saved);
    default:
      throw new UnknownDocumentVersion(saved.version);
  }
}

function fromV1(old: DocumentV1): StudioDocument {
  const fresh = newStudioDocument(old.programme);
  const scene = newScene(FIRST_SCENE, 'Scene 1', old.layout);
  return syncAir({
    ...fresh,
    people: old.people,
    stage: old.stage,
    scenes: { [scene.id]: scene },
    brand: {
      ...fresh.brand,
      colours: { ...fresh.brand.colours, accent: old.accent },
      nameTags: { ...fresh.brand.nameTags, shown: old.nameTags },
      logo: old.logo === null ? null : { ...old.logo, size: 'medium' },
      background: old.background,
    },
  });
}

function fromV2(old: DocumentV2): StudioDocument {
  const closed = (steps: readonly object[]) => steps.map((step) => ({ ...step, atMs: null }));
  const history = Object.entries(old.history).map(([person, one]) => [
    person,
    { ...one, undo: closed(one.undo), redo: closed(one.redo) },
  ]);
  return studioDocumentSchema.parse({
    ...old,
    version: DOCUMENT_VERSION,
    history: Object.fromEntries(history),
  });
}
