import { describe, expect, test } from 'vitest';
import { compositionOnAir } from '../air/composition.ts';
import { newStudioDocument } from '../document.ts';
import { type SourceId, sourceKind } from '../ids.ts';
import { type Aspect, aspectSchema, DEFAULT_PROGRAMME, programmeWithAspect } from '../programme.ts';
import { sourceNo } from '../testing.ts';
import type { Box } from './box.ts';
import { layoutBoxes } from './layout.ts';
import { type LayoutKind, layoutKindSchema } from './layout-choice.ts';
import { pileRects } from './pile.ts';

const WIDE = 16 / 9;

interface Case {
  readonly aspect: Aspect;
  readonly layout: LayoutKind;
  readonly people: number;
  readonly screens: number;
  readonly boxes: readonly Box[];
  readonly width: number;
  readonly height: number;
}

/** Every layout in every shape with 1 to 10 people and 0 to 2 screens, all of them 16:9 pictures. */
const cases: readonly Case[] = aspectSchema.options.flatMap((aspect) => {
  const programme = programmeWithAspect(DEFAULT_PROGRAMME, aspect);
  const { people, onAir } = { people: {}, onAir: compositionOnAir(newStudioDocument()).air };
  return layoutKindSchema.options.flatMap((layout) =>
    Array.from({ length: 30 }, (_, index): Case => {
      const [count, screens] = [(index % 10) + 1, Math.floor(index / 10)];
      const stage: SourceId[] = [
        ...Array.from({ length: count }, (_, n) => sourceNo(n)),
        ...Array.from({ length: screens }, (_, n) => sourceNo(n, 'screen')),
      ];
      const facts = { present: true as const, hasVideo: true, aspect: WIDE };
      const boxes = layoutBoxes({
        composition: { programme, people, air: { ...onAir, layout, stage } },
        sources: new Map(stage.map((source) => [source, facts])),
      });
      const { width, height } = programme;
      return { aspect, layout, people: count, screens, boxes, width, height };
    }),
  );
});

/** Share of the programme under pictures; what overlaps counts once. */
function coverage({ boxes, width, height, layout }: Case): number {
  const counted = layout === 'picture-in-picture' && overlap(boxes) ? boxes.slice(0, 1) : boxes;
  return counted.reduce((sum, box) => sum + box.width * box.height, 0) / (width * height);
}

function overlap(boxes: readonly Box[]): boolean {
  return boxes.some((a, index) =>
    boxes
      .slice(index + 1)
      .some(
        (b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height,
      ),
  );
}

const named = ({ aspect, layout, people, screens }: Case) => `${layout} ${aspect} ${people}+${screens}`;

/** What the layouts of the first show cover of 16:9 at least, measured; side by side leaves bars for whole pictures. */
const WIDE_COVERAGE: Readonly<Record<LayoutKind, number>> = {
  solo: 1,
  grid: 0.64,
  'side-by-side': 0.46,
  leader: 0.57,
  'picture-in-picture': 1,
  'screen-people': 0.6,
  'screen-only': 0.64,
};

describe('the use of space', () => {
  test('L18 every layout uses the space well in every shape, and nothing overlaps but picture in picture', () => {
    for (const given of cases) {
      const { aspect, layout, screens, boxes } = given;
      const single = boxes.length === 1 && boxes.every(({ source }) => sourceKind(source) === 'screen');
      const least = single ? 0.31 : aspect === '16:9' ? WIDE_COVERAGE[layout] : 0.75;
      expect(coverage(given), named(given)).toBeGreaterThanOrEqual(least);
      if (layout !== 'picture-in-picture') expect(overlap(boxes), named(given)).toBe(false);
      if (layout === 'screen-people' && aspect !== '16:9') {
        expect(boxes.filter(({ source }) => sourceKind(source) === 'screen')).toHaveLength(screens);
      }
    }
  });

  test('L19 no face is cut, and screens are whole', () => {
    for (const given of cases) {
      for (const box of given.boxes) {
        const shape = box.width / box.height;
        const name = `${named(given)} ${box.source}`;
        if (sourceKind(box.source) === 'screen') {
          expect(box.fit, name).toBe('contain');
          // Even edges move a small picture's shape a little.
          expect(Math.abs(shape / WIDE - 1), name).toBeLessThan(0.05);
        } else if (box.fit === 'cover') {
          expect(Math.min(1, shape / WIDE), `width of ${name}`).toBeGreaterThanOrEqual(0.3);
          expect(Math.min(1, WIDE / shape), `height of ${name}`).toBeGreaterThanOrEqual(0.5);
        }
      }
    }
  });

  test('L16 a pile fills its area and gives the first ones the larger tiles', () => {
    const area = { x: 20, y: 40, width: 1000, height: 1800 };
    for (let count = 1; count <= 10; count += 1) {
      const tiles = pileRects(area, count, 20);
      expect(tiles).toHaveLength(count);
      const rows = [...Map.groupBy(tiles, ({ y }) => Math.round(y)).values()];
      for (const row of rows) {
        const last = row.at(-1);
        expect(row[0]?.x).toBe(area.x);
        expect((last?.x ?? 0) + (last?.width ?? 0)).toBeCloseTo(area.x + area.width);
      }
      const sizes = rows.map((row) => row.length);
      expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
      expect((tiles.at(-1)?.y ?? 0) + (tiles.at(-1)?.height ?? 0)).toBeCloseTo(area.y + area.height);
    }
  });

  test('L17 screens lie across the top of an upright or square programme, people below them', () => {
    for (const given of cases) {
      const { aspect, layout, boxes } = given;
      if (aspect === '16:9' || layout === 'solo' || layout === 'leader' || layout === 'screen-only') continue;
      const screens = boxes.filter(({ source }) => sourceKind(source) === 'screen');
      const bottom = Math.max(0, ...screens.map(({ y, height }) => y + height));
      if (layout === 'side-by-side' && screens.length === 0) expect(boxes.length).toBeLessThanOrEqual(2);
      for (const box of boxes) {
        if (sourceKind(box.source) === 'camera' && screens.length > 0) {
          expect(box.y, named(given)).toBeGreaterThanOrEqual(bottom);
        }
      }
    }
  });
});
