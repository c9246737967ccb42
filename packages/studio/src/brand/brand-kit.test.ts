import { describe, expect, test } from 'vitest';
import type { AnyCommand } from '../commands.ts';
import type { StudioDocument } from '../document.ts';
import { nextUndo } from '../selectors.ts';
import {
  ADA,
  addOverlay,
  afterBy,
  assetNo,
  BOB,
  banner,
  image,
  kitNo,
  layoutNo,
  overlayNo,
  ownLayout,
  refusalOf,
  show,
  twoProducers,
} from '../testing.ts';
import { DEFAULT_BRAND } from './brand.ts';
import type { BrandKitContent } from './brand-kit.ts';

const KIT = kitNo(1);
const undo: AnyCommand = { type: 'undo' };
const { kit: _, ...plain } = DEFAULT_BRAND;
const logo = (n: number) => ({ asset: assetNo(n), corner: 'top-left' as const, size: 'large' as const });
const look: BrandKitContent['brand'] = { ...plain, theme: 'bold', logo: logo(1) };

function use(content: Partial<BrandKitContent> = {}): AnyCommand {
  return { type: 'use-kit', kit: KIT, content: { brand: look, overlays: [], layouts: [], ...content } };
}

const many = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n));
const steps = (document: StudioDocument) => document.history[ADA]?.undo.length ?? 0;

describe('brand kit', () => {
  test('K1 use-kit replaces the look and files its overlays and layouts, shown nowhere new', () => {
    const before = afterBy(BOB, twoProducers(), addOverlay(banner(1, 'Old')), addOverlay(image(9)), show(1));
    const document = afterBy(
      ADA,
      before,
      use({ overlays: [banner(1, 'New'), banner(2)], layouts: [ownLayout(1)] }),
    );
    expect(document.brand).toEqual({ ...look, kit: KIT });
    expect(document.overlayOrder).toEqual([overlayNo(1), overlayNo(9), overlayNo(2)]);
    expect(document.layouts).toEqual({ [layoutNo(1)]: ownLayout(1) });
    expect(document.onAir.overlays).toEqual([banner(1, 'New')]);
  });

  test('K2 a kit that does not fit is refused whole', () => {
    const overlays = afterBy(BOB, twoProducers(), ...many(199, (n) => addOverlay(banner(n))));
    expect(refusalOf(overlays, use({ overlays: [banner(400), banner(401)] }))).toBe('overlays_full');
    expect(refusalOf(overlays, use({ overlays: [banner(198), banner(400)] }))).toBeNull();
    const layouts = afterBy(
      BOB,
      twoProducers(),
      ...many(40, (n): AnyCommand => ({ type: 'save-layout', layout: ownLayout(n) })),
    );
    const twenty = many(20, (n) => ownLayout(n + 100));
    expect(refusalOf(layouts, use({ overlays: [banner(1)], layouts: twenty }))).toBe('layouts_full');
    expect(refusalOf(layouts, use({ layouts: twenty.slice(10) }))).toBeNull();
    const other = afterBy(BOB, twoProducers(), addOverlay(image(1)));
    expect(refusalOf(other, use({ overlays: [banner(1)] }))).toBe('overlay_of_other_kind');
  });

  test('K3 it is one step; what a colleague took over stays when it is undone', () => {
    const before = afterBy(BOB, twoProducers(), {
      type: 'set-logo',
      logo: logo(7),
    });
    const used = afterBy(ADA, before, use({ overlays: [banner(1), banner(2)], layouts: [ownLayout(1)] }));
    expect(steps(used)).toBe(1);
    expect(nextUndo(used, ADA)?.command).toBe('use-kit');
    const alone = afterBy(ADA, used, undo);
    expect({ ...alone, history: {} }).toEqual({ ...before, history: {} });

    const together = afterBy(BOB, used, { type: 'set-logo', logo: logo(8) }, show(1));
    const undone = afterBy(ADA, together, undo);
    expect(undone.brand).toEqual({ ...before.brand, logo: logo(8) });
    expect(undone.onAir.overlays).toEqual([banner(1)]);
    expect(undone.overlayOrder).toEqual([overlayNo(1)]);
    expect(undone.layouts).toEqual({});
  });
});
