import { z } from 'zod';

/** A person in a studio: one host or guest, whatever number of tabs they have open. */
export const personIdSchema = z.uuid().brand<'PersonId'>();
export type PersonId = z.infer<typeof personIdSchema>;

export const assetIdSchema = z.uuid().brand<'AssetId'>();
export type AssetId = z.infer<typeof assetIdSchema>;

/** Something that can be put on stage: a person's camera or their screen share. */
export const sourceIdSchema = z
  .templateLiteral([z.enum(['camera', 'screen']), ':', z.uuid()])
  .brand<'SourceId'>();
export type SourceId = z.infer<typeof sourceIdSchema>;

export type SourceKind = 'camera' | 'screen';

export function sourceId(kind: SourceKind, person: PersonId): SourceId {
  return sourceIdSchema.parse(`${kind}:${person}`);
}

export function sourceKind(source: SourceId): SourceKind {
  return source.startsWith('camera:') ? 'camera' : 'screen';
}

export function sourcePerson(source: SourceId): PersonId {
  return personIdSchema.parse(source.slice(source.indexOf(':') + 1));
}
