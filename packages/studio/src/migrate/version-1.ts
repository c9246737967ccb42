import { z } from 'zod';
import { cornerSchema } from '../area.ts';
import { backgroundSchema } from '../brand/brand.ts';
import { assetIdSchema, personIdSchema, sourceIdSchema } from '../ids.ts';
import { layoutKindSchema } from '../layout/layout-choice.ts';
import { personSchema } from '../people/person.ts';
import { programmeSchema } from '../programme.ts';
import { colourSchema } from '../text.ts';

/** One picture without scenes: documents of the first show. */
export const documentV1Schema = z.object({
  version: z.literal(1),
  programme: programmeSchema,
  layout: layoutKindSchema,
  stage: z.array(sourceIdSchema),
  people: z.record(personIdSchema, personSchema),
  background: backgroundSchema,
  logo: z.object({ asset: assetIdSchema, corner: cornerSchema }).nullable(),
  nameTags: z.boolean(),
  accent: colourSchema,
});
export type DocumentV1 = z.infer<typeof documentV1Schema>;
