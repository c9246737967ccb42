import { z } from 'zod';

/** A person in a studio: one host or guest, whatever number of tabs they have open. */
export const personIdSchema = z.uuid().brand<'PersonId'>();
export type PersonId = z.infer<typeof personIdSchema>;

export const assetIdSchema = z.uuid().brand<'AssetId'>();
export type AssetId = z.infer<typeof assetIdSchema>;

export const sceneIdSchema = z.uuid().brand<'SceneId'>();
export type SceneId = z.infer<typeof sceneIdSchema>;

export const overlayIdSchema = z.uuid().brand<'OverlayId'>();
export type OverlayId = z.infer<typeof overlayIdSchema>;

/** One of the studio's own layouts. */
export const layoutIdSchema = z.uuid().brand<'LayoutId'>();
export type LayoutId = z.infer<typeof layoutIdSchema>;

/** A place in one of the studio's own layouts. */
export const slotIdSchema = z.uuid().brand<'SlotId'>();
export type SlotId = z.infer<typeof slotIdSchema>;

export const brandKitIdSchema = z.uuid().brand<'BrandKitId'>();
export type BrandKitId = z.infer<typeof brandKitIdSchema>;

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
