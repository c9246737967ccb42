import { describe, expect, test } from 'vitest';
import { compositionOnAir } from '../air/composition.ts';
import { newStudioDocument, studioDocumentSchema } from '../document.ts';
import { layoutBoxes } from '../layout/layout.ts';
import { ADA, afterBy, twoProducers } from '../testing.ts';
import before from './fixtures/version-1.json' with { type: 'json' };
import after from './fixtures/version-1-migrated.json' with { type: 'json' };
import beforeV2 from './fixtures/version-2.json' with { type: 'json' };
import afterV2 from './fixtures/version-2-migrated.json' with { type: 'json' };
import { migrate, UnknownDocumentVersion } from './migrate.ts';

describe('migration', () => {
  test('M1 a document of version 1 becomes one scene and a brand, the same each time', () => {
    expect(migrate(before)).toEqual(after);
    expect(migrate(before)).toEqual(migrate(before));
    expect(studioDocumentSchema.parse(after)).toEqual(after);
  });

  test('M2 on air is what it showed before', () => {
    const document = migrate(before);
    const { onAir, people } = document;
    expect(onAir).toMatchObject({
      layout: before.layout,
      stage: before.stage,
      background: before.background,
      overlays: [],
      brand: { logo: before.logo, nameTags: { shown: false }, colours: { accent: before.accent } },
    });
    expect(people).toEqual(before.people);
    const facts = { present: true as const, hasVideo: true, aspect: 16 / 9 };
    const sources = new Map(onAir.stage.map((source) => [source, facts]));
    const boxes = layoutBoxes({ composition: compositionOnAir(document), sources });
    // As version 1 drew it: the first one 16:9 above a row of the two others.
    expect(boxes.map(({ x, y, width, height }) => [x, y, width, height])).toEqual([
      [174, 16, 932, 522],
      [364, 554, 268, 150],
      [648, 554, 268, 150],
    ]);
  });

  test('M4 a document of version 2 keeps everything, and nothing joins its undo steps', () => {
    expect(migrate(beforeV2)).toEqual(afterV2);
    expect(studioDocumentSchema.parse(afterV2)).toEqual(afterV2);
    const undone = afterBy(
      ADA,
      migrate(beforeV2),
      { type: 'set-accent', accent: '#445566' },
      { type: 'undo' },
    );
    expect(undone.brand.colours.accent).toBe('#112233');
  });

  test('M3 a document of today is taken as it is, one of an unknown version is an error', () => {
    for (const document of [newStudioDocument(), twoProducers()]) expect(migrate(document)).toEqual(document);
    expect(() => migrate({ version: 4 })).toThrow(UnknownDocumentVersion);
  });
});
