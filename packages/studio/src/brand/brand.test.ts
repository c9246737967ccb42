import { describe, expect, test } from 'vitest';
import { newStudioDocument } from '../document.ts';
import { aspectOfProgramme, DEFAULT_PROGRAMME, programmeSchema, programmeWithAspect } from '../programme.ts';
import { after, assetNo } from '../testing.ts';
import { DEFAULT_BRAND } from './brand.ts';

describe('brand', () => {
  test('C1 looks are replaced at once', () => {
    const asset = assetNo(1);
    const document = after(
      newStudioDocument(),
      { type: 'set-background', background: { kind: 'image', asset } },
      { type: 'set-logo', logo: { asset, corner: 'top-left' } },
      { type: 'set-name-tags', shown: false },
      { type: 'set-accent', accent: '#ff8800' },
    );
    expect(document.brand).toEqual({
      ...DEFAULT_BRAND,
      background: { kind: 'image', asset },
      logo: { asset, corner: 'top-left', size: 'medium' },
      nameTags: { shown: false, style: 'plate' },
      colours: { ...DEFAULT_BRAND.colours, accent: '#ff8800' },
    });
    expect(document.onAir.brand).toEqual(document.brand);
    expect(after(document, { type: 'set-logo', logo: null }).brand.logo).toBeNull();
  });

  test('B1 set-brand replaces the parts that are given', () => {
    const document = after(newStudioDocument(), {
      type: 'set-brand',
      brand: { theme: 'bold', colours: { text: '#000000' }, nameTags: { style: 'pill' } },
    });
    expect(document.brand).toEqual({
      ...DEFAULT_BRAND,
      theme: 'bold',
      colours: { ...DEFAULT_BRAND.colours, text: '#000000' },
      nameTags: { shown: true, style: 'pill' },
    });
    expect(after(document, { type: 'set-brand', brand: DEFAULT_BRAND }).brand).toEqual(DEFAULT_BRAND);
  });

  test('B2 a logo without a size keeps the size', () => {
    const large = after(newStudioDocument(), {
      type: 'set-logo',
      logo: { asset: assetNo(1), corner: 'top-left', size: 'large' },
    });
    const other = after(large, { type: 'set-logo', logo: { asset: assetNo(2), corner: 'top-right' } });
    expect(other.brand.logo).toEqual({ asset: assetNo(2), corner: 'top-right', size: 'large' });
  });

  test('B3 a programme keeps its shorter side in every shape', () => {
    const sizes = (['16:9', '9:16', '1:1'] as const).map((aspect) => {
      const programme = programmeSchema.parse(programmeWithAspect(DEFAULT_PROGRAMME, aspect));
      expect(aspectOfProgramme(programme)).toBe(aspect);
      expect(programmeWithAspect(programme, '16:9')).toEqual(DEFAULT_PROGRAMME);
      return [programme.width, programme.height];
    });
    expect(sizes).toEqual([
      [1920, 1080],
      [1080, 1920],
      [1080, 1080],
    ]);
  });
});
