import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compositionOnAir } from '../air/composition.ts';
import type { AnyCommand } from '../commands.ts';
import { newStudioDocument, type StudioDocument } from '../document.ts';
import { type SourceId, sourceKind } from '../ids.ts';
import { after, assetNo, personNo, sourceNo, stageOf } from '../testing.ts';
import { anyCommand } from '../testing-commands.ts';
import type { Box, SourceFacts } from './box.ts';
import { layoutBoxes } from './layout.ts';
import { type LayoutKind, layoutKindSchema } from './layout-choice.ts';

const UPRIGHT = { width: 720, height: 1280, fps: 30, videoBitrate: 3_000_000 };

function everybody(document: StudioDocument, facts: SourceFacts = { present: true, hasVideo: true }) {
  return new Map(document.stage.map((source) => [source, facts]));
}

function boxesOf(document: StudioDocument, layout: LayoutKind, facts?: SourceFacts): Box[] {
  const arranged = after(document, { type: 'set-layout', layout });
  return layoutBoxes({ composition: compositionOnAir(arranged), sources: everybody(arranged, facts) });
}

function withScreen(people: number): StudioDocument {
  return after(stageOf(people), { type: 'put-on-stage', source: sourceNo(0, 'screen') });
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function filled(boxes: readonly Box[]): number {
  return boxes.reduce((sum, box) => sum + box.width * box.height, 0) / (1920 * 1080);
}

const size = ({ x, y, width, height }: Box) => ({ x, y, width, height });
const FULL = { x: 0, y: 0, width: 1920, height: 1080 };

const facts: fc.Arbitrary<SourceFacts | null> = fc.oneof(
  fc.constant(null),
  fc.record({ present: fc.constant(true as const), hasVideo: fc.boolean() }),
  fc.record({
    present: fc.constant(true as const),
    hasVideo: fc.boolean(),
    aspect: fc.double({ min: 0.2, max: 5, noNaN: true }),
  }),
);

describe('layout', () => {
  test('L1 L2 L3 any stage gives even, inner, distinct boxes of present sources, every time the same', () => {
    fc.assert(
      fc.property(
        fc.array(anyCommand, { maxLength: 120, size: 'max' }),
        fc.constantFrom(...layoutKindSchema.options),
        fc.array(facts, { minLength: 12, maxLength: 12 }),
        (commands, layout, given) => {
          const document = commands.reduce<StudioDocument>((before, command) => {
            try {
              return after(before, command);
            } catch {
              return before;
            }
          }, newStudioDocument());
          const sources = new Map<SourceId, SourceFacts>();
          document.onAir.stage.forEach((source, index) => {
            const fact = given[index];
            if (fact) sources.set(source, fact);
          });
          const composition = compositionOnAir(document);
          const input = { composition: { ...composition, air: { ...composition.air, layout } }, sources };
          const boxes = layoutBoxes(input);
          expect(layoutBoxes(input)).toEqual(boxes);
          const { width, height } = document.programme;
          for (const box of boxes) {
            for (const edge of [box.x, box.y, box.width, box.height]) expect(edge % 2).toBe(0);
            expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
            expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(2);
            expect(box.x + box.width).toBeLessThanOrEqual(width);
            expect(box.y + box.height).toBeLessThanOrEqual(height);
            expect(sources.has(box.source)).toBe(true);
            expect(document.onAir.stage).toContain(box.source);
          }
          expect(new Set(boxes.map((box) => box.source)).size).toBe(boxes.length);
          expect(boxes.map((box) => box.z)).toEqual(boxes.map((_, index) => index));
        },
      ),
    );
  });

  test('L3 a camera without video gets a box, an absent person and a screen without video get none', () => {
    const document = after(withScreen(3), { type: 'set-layout', layout: 'grid' });
    const sources = new Map<SourceId, SourceFacts>([
      [sourceNo(0), { present: true, hasVideo: false }],
      [sourceNo(1), { present: true, hasVideo: true }],
      [sourceNo(0, 'screen'), { present: true, hasVideo: false }],
    ]);
    const composition = compositionOnAir(document);
    expect(layoutBoxes({ composition, sources }).map((box) => box.source)).toEqual([
      sourceNo(0),
      sourceNo(1),
    ]);
  });

  test('L4 cameras cover, upright phones and screens are contained and shrink their box', () => {
    const grid = boxesOf(stageOf(4), 'grid', { present: true, hasVideo: true, aspect: 4 / 3 });
    expect(grid.every((box) => box.fit === 'cover')).toBe(true);
    const [phone] = boxesOf(stageOf(4), 'grid', { present: true, hasVideo: true, aspect: 9 / 16 });
    expect(phone?.fit).toBe('contain');
    expect((phone?.width ?? 0) / (phone?.height ?? 1)).toBeCloseTo(9 / 16, 1);
    const [, screen] = boxesOf(withScreen(1), 'grid', { present: true, hasVideo: true, aspect: 16 / 10 });
    expect(screen?.fit).toBe('contain');
    expect((screen?.width ?? 0) / (screen?.height ?? 1)).toBeCloseTo(1.6, 1);
  });

  test('L5 one visible source fills the programme in every layout, none leaves it empty', () => {
    for (const layout of layoutKindSchema.options) {
      const [box, ...rest] = boxesOf(stageOf(1), layout);
      expect(rest).toEqual([]);
      expect(box).toMatchObject({ ...FULL, radius: 0 });
      expect(boxesOf(newStudioDocument(), layout)).toEqual([]);
    }
  });

  test('L6 grid fills the programme for 1 to 10 people with equal tiles that do not overlap', () => {
    const shapes = Array.from({ length: 10 }, (_, index) => {
      const boxes = boxesOf(stageOf(index + 1), 'grid');
      expect(boxes).toHaveLength(index + 1);
      expect(filled(boxes)).toBeGreaterThan(0.6);
      boxes.forEach((a, i) => {
        for (const b of boxes.slice(i + 1)) expect(overlap(a, b)).toBe(false);
        expect(Math.abs(a.width - (boxes[0]?.width ?? 0))).toBeLessThanOrEqual(2);
        expect(Math.abs(a.height - (boxes[0]?.height ?? 0))).toBeLessThanOrEqual(2);
      });
      const rows = Map.groupBy(boxes, (box) => box.y);
      return [...rows.values()].map((row) => row.length);
    });
    expect(shapes).toEqual([
      [1],
      [2],
      [2, 1],
      [2, 2],
      [3, 2],
      [3, 3],
      [3, 2, 2],
      [3, 3, 2],
      [3, 3, 3],
      [4, 3, 3],
    ]);
  });

  test('L7 solo shows the first source alone', () => {
    expect(boxesOf(stageOf(5), 'solo').map((box) => [box.source, size(box)])).toEqual([[sourceNo(0), FULL]]);
  });

  test('L8 side-by-side shows the first two whole and equal', () => {
    const [left, right, ...rest] = boxesOf(stageOf(4), 'side-by-side');
    expect(rest).toEqual([]);
    expect(left).toMatchObject({ y: right?.y, width: right?.width, height: right?.height });
    expect((left?.width ?? 0) / (left?.height ?? 1)).toBeCloseTo(16 / 9, 1);
    const upright = after(stageOf(2), { type: 'set-programme', programme: UPRIGHT });
    const [above, below] = boxesOf(upright, 'side-by-side');
    expect(above?.x).toBe(below?.x);
    expect(above?.y).toBeLessThan(below?.y ?? 0);
  });

  test('L9 leader is big, all others share one row below', () => {
    for (const people of [2, 3, 10]) {
      const [big, ...row] = boxesOf(stageOf(people), 'leader');
      expect(row).toHaveLength(people - 1);
      expect(new Set(row.map((box) => box.y)).size).toBe(1);
      for (const box of row) {
        expect(box.y).toBeGreaterThan((big?.y ?? 0) + (big?.height ?? 0) - 1);
        expect(box.height * 3).toBeLessThan((big?.height ?? 0) + 3);
      }
    }
  });

  test('L10 picture-in-picture lays a person over the screen and gives way to the logo', () => {
    const [base, over, ...rest] = boxesOf(withScreen(2), 'picture-in-picture');
    expect(rest).toEqual([]);
    expect(base).toMatchObject({ source: sourceNo(0, 'screen'), ...FULL, radius: 0 });
    expect(over?.source).toBe(sourceNo(0));
    expect(over?.x).toBeGreaterThan(960);
    const logo: AnyCommand = {
      type: 'set-logo',
      logo: { asset: assetNo(1), corner: 'bottom-right' },
    };
    const [, moved] = boxesOf(after(stageOf(2), logo), 'picture-in-picture');
    expect(moved?.source).toBe(sourceNo(1));
    expect(moved?.x).toBeLessThan(100);
  });

  test('L11 screen-people puts every camera beside the screen and falls back to grid without either', () => {
    for (const people of [1, 4, 10]) {
      const [screen, ...cameras] = boxesOf(withScreen(people), 'screen-people');
      expect(screen?.source).toBe(sourceNo(0, 'screen'));
      expect(screen?.width).toBeGreaterThan(1200);
      expect(cameras).toHaveLength(people);
      for (const box of cameras) {
        expect(box.x).toBeGreaterThanOrEqual((screen?.x ?? 0) + (screen?.width ?? 0));
        expect(box.width).toBeGreaterThan(180);
      }
    }
    expect(boxesOf(stageOf(3), 'screen-people')).toEqual(boxesOf(stageOf(3), 'grid'));
    const upright = after(withScreen(2), { type: 'set-programme', programme: UPRIGHT });
    const [top, ...below] = boxesOf(upright, 'screen-people');
    for (const box of below) expect(box.y).toBeGreaterThanOrEqual((top?.y ?? 0) + (top?.height ?? 0));
  });

  test('L12 screen-only fills the programme with the screen and falls back to grid', () => {
    const [box, ...rest] = boxesOf(withScreen(3), 'screen-only', {
      present: true,
      hasVideo: true,
      aspect: 4 / 3,
    });
    expect(rest).toEqual([]);
    expect(box).toMatchObject({ x: 240, y: 0, width: 1440, height: 1080, radius: 0, fit: 'contain' });
    expect(boxesOf(stageOf(3), 'screen-only')).toEqual(boxesOf(stageOf(3), 'grid'));
  });

  test('L13 name tags are on cameras only and can be hidden', () => {
    const document = after(withScreen(2), { type: 'rename-person', person: personNo(1), name: 'Ada' });
    expect(boxesOf(document, 'grid').map((box) => box.nameTag)).toEqual(['Person 0', 'Ada', null]);
    for (const box of boxesOf(document, 'grid')) {
      if (sourceKind(box.source) === 'screen') expect(box.nameTag).toBeNull();
    }
    const hidden = after(document, { type: 'set-name-tags', shown: false });
    expect(boxesOf(hidden, 'grid').every((box) => box.nameTag === null)).toBe(true);
  });

  test('L14 the spotlit source is the most prominent one in every layout', () => {
    const spotlit = (n: number) => after(stageOf(4), { type: 'set-spotlight', source: sourceNo(n) });
    const order = (document: StudioDocument, layout: LayoutKind) =>
      boxesOf(document, layout).map(({ source }) => source);
    const numbers = (...list: number[]) => list.map((n) => sourceNo(n));
    expect(order(spotlit(2), 'solo')).toEqual(numbers(2));
    expect(order(spotlit(2), 'leader')).toEqual(numbers(2, 0, 1, 3));
    expect(boxesOf(spotlit(2), 'grid')).toEqual(boxesOf(spotlit(2), 'leader'));
    expect(order(spotlit(1), 'side-by-side')).toEqual(numbers(0, 1));
    expect(order(spotlit(3), 'side-by-side')).toEqual(numbers(3, 1));
    expect(order(spotlit(2), 'picture-in-picture')).toEqual(numbers(2, 0));
    const screens = after(
      spotlit(2),
      { type: 'put-on-stage', source: sourceNo(0, 'screen') },
      { type: 'put-on-stage', source: sourceNo(1, 'screen') },
    );
    expect(order(screens, 'screen-people')[2]).toBe(sourceNo(2));
    const second = after(screens, { type: 'set-spotlight', source: sourceNo(1, 'screen') });
    expect(order(second, 'screen-only')).toEqual([sourceNo(1, 'screen')]);
    expect(order(second, 'picture-in-picture')[0]).toBe(sourceNo(1, 'screen'));
  });

  test('L15 whoever speaks is spotlit in a scene that follows, unless somebody is', () => {
    const boxes = (document: StudioDocument) => {
      const arranged = after(document, { type: 'set-layout', layout: 'solo' });
      const composition = compositionOnAir(arranged);
      return layoutBoxes({ composition, sources: everybody(arranged), speaker: sourceNo(3) }).map(
        ({ source }) => source,
      );
    };
    expect(boxes(stageOf(4))).toEqual([sourceNo(0)]);
    const follows = after(stageOf(4), { type: 'set-follow-speaker', follow: true });
    expect(boxes(follows)).toEqual([sourceNo(3)]);
    expect(boxes(after(follows, { type: 'set-spotlight', source: sourceNo(1) }))).toEqual([sourceNo(1)]);
  });
});
