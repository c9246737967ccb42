import {
  type AirScene,
  assetIdSchema,
  type Composition,
  DEFAULT_BRAND,
  layoutBoxes,
  newStudioDocument,
  overlaySchema,
  personIdSchema,
  sourceId,
} from '@streamus/studio';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DrawItem } from './draw-item.ts';
import { drawList } from './draw-list.ts';
import type { Shown } from './overlays/overlay-items.ts';
import { placePicture } from './place-picture.ts';
import { shorten } from './sprites/text.ts';

const person = personIdSchema.parse('00000000-0000-4000-8000-000000000001');
const asset = assetIdSchema.parse('11111111-1111-4111-8111-111111111111');
const camera = sourceId('camera', person);
const screen = sourceId('screen', person);

const { programme, onAir } = newStudioDocument();

function compositionWith(change: Partial<AirScene>): Composition {
  return {
    programme,
    people: { [person]: { id: person, name: 'Ada Lovelace', role: 'host' } },
    air: { ...onAir, stage: [camera, screen], ...change },
  };
}

const withLogo = (corner: 'top-left' | 'top-right') =>
  compositionWith({ brand: { ...DEFAULT_BRAND, logo: { asset, corner, size: 'medium' } } });

function list(
  composition: Composition,
  assets = new Map<typeof asset, { width: number; height: number }>(),
  shown: readonly Shown[] = [],
) {
  const facts = { present: true as const, hasVideo: true };
  const sources = new Map(composition.air.stage.map((source) => [source, facts]));
  const boxes = layoutBoxes({ composition, sources });
  return drawList({ composition, boxes, assets, shown, nowMs: 0, clockAheadMs: 0 }).items;
}

describe('draw list', () => {
  test('draws background, pictures with their tags, then the logo', () => {
    const items = list(withLogo('top-right'), new Map([[asset, { width: 400, height: 100 }]]));
    expect(items.map((item) => item.kind)).toEqual(['fill', 'picture', 'sprite', 'picture', 'sprite']);
    expect(items[1]).toMatchObject({ source: camera, avatar: { initials: 'AL' } });
    expect(items[2]).toMatchObject({
      sprite: { text: 'Ada Lovelace', look: { colours: DEFAULT_BRAND.colours } },
    });
    expect(items[3]).toMatchObject({ source: screen, avatar: null });
    expect(items[4]).toMatchObject({
      y: 38 + 77,
      sprite: { kind: 'image', asset, to: { x: 0, y: 0, width: 307, height: 77 } },
    });
  });

  test('a ticker runs below name tags, not through them', () => {
    const ticker = overlaySchema.parse({ id: asset, kind: 'ticker', text: 'News', speed: 'normal' });
    const shown = [{ overlay: ticker, since: 0, leftAt: null }];
    const tagBottom = (items: ReturnType<typeof list>): number => {
      const tag = items.find((item) => item.kind === 'sprite' && item.sprite.kind === 'name-tag');
      return tag?.kind === 'sprite' ? tag.y : Number.NaN;
    };
    const composition = compositionWith({ layout: 'solo' });
    const plate = list(composition, new Map(), shown).find(({ kind }) => kind === 'plate');
    if (plate?.kind !== 'plate') throw new Error('no ticker');
    expect(tagBottom(list(composition))).toBeGreaterThan(plate.box.y);
    expect(tagBottom(list(composition, new Map(), shown))).toBeLessThanOrEqual(plate.box.y);
  });

  test('sizes may be getters, as those of an ImageBitmap are', () => {
    class Bitmap {
      get width() {
        return 200;
      }
      get height() {
        return 100;
      }
    }
    const logo = list(withLogo('top-right'), new Map([[asset, new Bitmap()]])).at(-1);
    expect(logo).toMatchObject({ sprite: { from: { x: 0, y: 0, width: 200, height: 100 } } });
  });

  test('an image that is not loaded yet leaves a plain background and no logo', () => {
    const composition = compositionWith({
      background: { kind: 'image', asset },
      brand: withLogo('top-left').air.brand,
    });
    expect(list(composition)[0]).toEqual({ kind: 'fill', colour: '#000000' });
    const isImage = (item: DrawItem) => item.kind === 'sprite' && item.sprite.kind === 'image';
    expect(list(composition).some(isImage)).toBe(false);
    const loaded = list(composition, new Map([[asset, { width: 100, height: 100 }]]));
    expect(loaded[1]).toMatchObject({
      ...{ slot: 'background', x: 0, y: 1080 },
      sprite: { kind: 'image', to: { x: 0, y: 0, width: 1920, height: 1080 } },
    });
  });

  test('a cropped picture shows what is left of it, cut or whole', () => {
    const crop = { left: 2000, top: 0, right: 2000, bottom: 5000 };
    const size = { width: 1000, height: 500 };
    const box = { x: 0, y: 0, width: 300, height: 300 };
    expect(placePicture('contain', box, size, crop)).toEqual({
      from: { x: 200, y: 0, width: 600, height: 250 },
      to: { x: 0, y: 88, width: 300, height: 124 },
    });
    expect(placePicture('cover', box, size, crop).from).toEqual({ x: 375, y: 0, width: 250, height: 250 });
  });

  test('pictures keep their shape, covering or contained, and all edges are even', () => {
    const side = fc.integer({ min: 1, max: 2000 }).map((n) => 2 * n);
    const box = fc.record({ x: side, y: side, width: side, height: side });
    const length = fc.double({ min: 2, max: 4000, noNaN: true });
    const size = fc.record({ width: length, height: length });
    fc.assert(
      fc.property(fc.constantFrom('cover' as const, 'contain' as const), box, size, (fit, into, picture) => {
        const { from, to } = placePicture(fit, into, picture);
        const [across, down] = [to.width / from.width, to.height / from.height];
        expect(from.x + from.width).toBeLessThanOrEqual(picture.width + 1e-6);
        expect(Math.min(from.x, from.y)).toBeGreaterThanOrEqual(-1e-6);
        if (fit === 'cover') {
          expect(to).toEqual(into);
          expect(across / down).toBeCloseTo(1, 6);
          return;
        }
        expect(from).toEqual({ x: 0, y: 0, ...picture });
        expect([to.x % 2, to.y % 2, to.width % 2, to.height % 2]).toEqual([0, 0, 0, 0]);
        expect(Math.min(to.width, to.height)).toBeGreaterThanOrEqual(2);
        expect(to.x).toBeGreaterThanOrEqual(into.x);
        expect(to.y).toBeGreaterThanOrEqual(into.y);
        expect(to.x + to.width).toBeLessThanOrEqual(into.x + into.width);
        expect(to.y + to.height).toBeLessThanOrEqual(into.y + into.height);
        const scale = Math.min(into.width / picture.width, into.height / picture.height);
        expect(Math.abs(to.width - scale * picture.width)).toBeLessThanOrEqual(2);
        expect(Math.abs(to.height - scale * picture.height)).toBeLessThanOrEqual(2);
      }),
    );
  });
});

describe('shortened names', () => {
  const width = (text: string) => [...text].length;

  test('fit their room and end in an ellipsis', () => {
    expect(shorten('Ada', 3, width)).toBe('Ada');
    expect(shorten('Ada Lovelace', 6, width)).toBe('Ada L…');
    expect(shorten('Ada Lovelace', 5, width)).toBe('Ada…');
    expect(shorten('Grace Hopper', 5, width)).toBe('Grace');
    expect(shorten('Wolfeschlegelstein', 5, width)).toBe('Wolf…');
  });

  test('are never cut inside an emoji or a combined letter', () => {
    const family = '👩‍👩‍👧';
    expect(shorten(`${family}${family}`, 7, (text) => text.length)).toBe('…');
    expect(shorten(`${family}${family}`, 9, (text) => text.length)).toBe(`${family}…`);
  });
});
