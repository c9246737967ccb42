import { z } from 'zod';
import {
  assetIdSchema,
  personIdSchema,
  type SourceId,
  sourceIdSchema,
  sourceKind,
  sourcePerson,
} from './ids.ts';

/** Most people (cameras) on stage at once; DESIGN 8. */
export const STAGE_PEOPLE_LIMIT = 10;
/** Most screens on stage at once: two can be compared, more cannot be read. */
export const STAGE_SCREENS_LIMIT = 2;
/** Most people in one studio, on stage and backstage together. */
export const STUDIO_PEOPLE_LIMIT = 30;

export const layoutKindSchema = z.enum([
  'solo',
  'grid',
  'side-by-side',
  'leader',
  'picture-in-picture',
  'screen-people',
  'screen-only',
]);
export type LayoutKind = z.infer<typeof layoutKindSchema>;

export const roleSchema = z.enum(['host', 'co-host', 'moderator', 'guest']);
export type Role = z.infer<typeof roleSchema>;

export const colourSchema = z.string().regex(/^#[0-9a-f]{6}$/);

/** One line of text that people see: no control characters, no leading or trailing space. */
export const displayNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^\p{Cc}]*$/u);

export const backgroundSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('colour'), colour: colourSchema }),
  z.object({ kind: z.literal('image'), asset: assetIdSchema }),
]);
export type Background = z.infer<typeof backgroundSchema>;

export const cornerSchema = z.enum(['top-left', 'top-right', 'bottom-left', 'bottom-right']);
export type Corner = z.infer<typeof cornerSchema>;

export const logoSchema = z.object({ asset: assetIdSchema, corner: cornerSchema });
export type Logo = z.infer<typeof logoSchema>;

export const personSchema = z.object({
  id: personIdSchema,
  name: displayNameSchema,
  role: roleSchema,
});
export type Person = z.infer<typeof personSchema>;

/** Shape of the programme. Locked while a stream is live (media.md 1.6). */
export const programmeSchema = z.object({
  width: z.int().min(160).max(3840).multipleOf(2),
  height: z.int().min(90).max(2160).multipleOf(2),
  fps: z.int().min(5).max(60),
  /** Bits per second of the programme's video. */
  videoBitrate: z.int().min(100_000).max(51_000_000),
});
export type Programme = z.infer<typeof programmeSchema>;

/** The saved state of a studio: everything that survives when everybody leaves. SPEC D. */
export const studioDocumentSchema = z
  .object({
    version: z.literal(1),
    programme: programmeSchema,
    layout: layoutKindSchema,
    /** Sources on stage, first is most prominent. */
    stage: z.array(sourceIdSchema),
    people: z.record(personIdSchema, personSchema),
    background: backgroundSchema,
    logo: logoSchema.nullable(),
    nameTags: z.boolean(),
    /** Accent of name tags. */
    accent: colourSchema,
  })
  .refine(stageIsSet, { path: ['stage'], message: 'a source is on stage twice' })
  .refine(stageIsKnown, { path: ['stage'], message: 'a source on stage belongs to nobody in the studio' })
  .refine(stageFits, { path: ['stage'], message: 'too many sources on stage' })
  .refine(peopleAreKeyedById, { path: ['people'], message: 'a person is filed under another id' })
  .refine(studioFits, { path: ['people'], message: 'too many people in the studio' });
export type StudioDocument = z.infer<typeof studioDocumentSchema>;

/** 1080p30 at 6 Mbps: inside every platform's limits (media.md 3.5). */
export const DEFAULT_PROGRAMME: Programme = { width: 1920, height: 1080, fps: 30, videoBitrate: 6_000_000 };

export function newStudioDocument(programme: Programme = DEFAULT_PROGRAMME): StudioDocument {
  return {
    version: 1,
    programme,
    layout: 'grid',
    stage: [],
    people: {},
    background: { kind: 'colour', colour: '#12161f' },
    logo: null,
    nameTags: true,
    accent: '#5b7cfa',
  };
}

type Stage = { readonly stage: readonly SourceId[] };
type People = { readonly people: Readonly<Record<string, Person>> };

function stageIsSet({ stage }: Stage): boolean {
  return new Set(stage).size === stage.length;
}

function stageIsKnown({ stage, people }: Stage & People): boolean {
  return stage.every((source) => people[sourcePerson(source)] !== undefined);
}

function stageFits({ stage }: Stage): boolean {
  const cameras = stage.filter((source) => sourceKind(source) === 'camera').length;
  return cameras <= STAGE_PEOPLE_LIMIT && stage.length - cameras <= STAGE_SCREENS_LIMIT;
}

function peopleAreKeyedById({ people }: People): boolean {
  return Object.entries(people).every(([id, person]) => id === person.id);
}

function studioFits({ people }: People): boolean {
  return Object.keys(people).length <= STUDIO_PEOPLE_LIMIT;
}
