import { brandFonts } from '@streamus/fonts';
import type { Brand, Overlay, Programme, Transition } from '@streamus/studio';
import { frameScenes } from './frame-scenes.ts';
import { HARD_OVERLAYS, OVERLAYS, overlayNo } from './overlays.ts';
import { ownLayout } from './own-layout.ts';
import { LAYOUTS, product, SHAPES } from './product.ts';
import {
  branded,
  LOGO,
  named,
  type Scene,
  SMALL,
  scene,
  withAir,
  withCamera,
  withOverlays,
  withScreen,
  withText,
} from './scene.ts';

type Named = Readonly<Record<string, Scene>>;

const inEveryShape = (name: string, make: (programme: Programme) => Scene): Named =>
  Object.fromEntries(
    Object.entries(SHAPES).map(([shape, programme]) => [`${name}-${shape}`, make(programme)]),
  );

const everyLayout = LAYOUTS.flatMap((layout) =>
  Object.entries(inEveryShape(layout, (programme) => withScreen(scene(layout, 4, { programme })))),
);

const shapes = Object.entries(SHAPES);

/** Milliseconds after which a fast ticker at 360 lines shows the seam of its first two pieces in the middle. */
const SEAM_MS = 32_833;

const hardOverlays = Object.entries(HARD_OVERLAYS).map(([name, overlay], index) => {
  const [, programme = SMALL] = shapes[name === 'ticker-long' ? 0 : index % shapes.length] ?? [];
  const given = withOverlays(scene('side-by-side', 2, { programme }), overlay);
  return [name, name === 'ticker-long' ? { ...given, nowMs: SEAM_MS } : given] as const;
});

const SCRIPTS = ['محمد الخوارزمي', 'גולדה מאיר', '山田太郎', '김민수', '王小明', 'Zoë 🚀✨'];
const LONG = [
  'Hubert Wolfeschlegelsteinhausenbergerdorff, senior',
  'عبد الرحمن بن محمد بن خلدون الحضرمي الإشبيلي التونسي',
  '寿限無寿限無五劫の擦り切れ海砂利水魚の水行末雲来末風来末食う寝る処に住む処',
  '👩🏽‍🚀🎉'.repeat(8),
];

function inTransition(
  programme: Programme,
  kind: Transition['kind'],
  direction: Transition['direction'],
): Scene {
  const transition: Transition = { kind, direction, durationMs: 300, easing: 'linear' };
  const after = withAir(scene('grid', 2, { ...branded, programme }), () => ({ transition }));
  return { ...after, before: scene('leader', 4, { programme }) };
}

const themed = (theme: Brand['theme'], style: Brand['nameTags']['style']): Scene =>
  withOverlays(
    scene('side-by-side', 2, {
      brand: {
        theme,
        nameTags: { shown: true, style },
        colours: { accent: '#0b7a5a', text: '#ffffff', background: '#101418' },
      },
    }),
    OVERLAYS['lower-third'],
    OVERLAYS.ticker,
    OVERLAYS.clock,
  );

const SAMPLE: readonly Overlay[] = [
  overlayNo(40, { kind: 'banner', text: 'Quick waltz: bad nymph vexed Jack, 2026', style: 'solid' }),
  overlayNo(41, {
    kind: 'lower-third',
    title: 'Ada Lovelace',
    subtitle: 'Æsir & Ødegård',
    animation: 'none',
  }),
];

/** Letters are the same on every surface: one shows them all. */
const everyFont = brandFonts.map(
  ({ id }) =>
    [
      `font-${id}`,
      { ...withOverlays(scene('solo', 1, { brand: { font: id } }), ...SAMPLE), on: ['canvas'] },
    ] as const satisfies readonly [string, Scene],
);

export const scenes: Named = {
  empty: scene('grid', 0),
  solo: scene('solo', 3),
  'solo-avatar': withText(withCamera(scene('solo', 1), 0, null)),
  'grid-2': scene('grid', 2),
  'grid-3-branded': scene('grid', 3, branded),
  'grid-3-names': withText(scene('grid', 3, branded)),
  'grid-4-avatar-phone': withText(
    withCamera(withCamera(scene('grid', 4), 1, null), 3, { width: 360, height: 640 }),
  ),
  'grid-5': scene('grid', 5),
  'grid-7': scene('grid', 7),
  'grid-10': scene('grid', 10),
  'side-by-side': scene('side-by-side', 2, branded),
  'leader-4': scene('leader', 4),
  'leader-10': scene('leader', 10),
  'leader-10-names': withText(scene('leader', 10)),
  'picture-in-picture': scene('picture-in-picture', 2, {
    brand: { logo: { asset: LOGO, corner: 'bottom-right', size: 'medium' } },
  }),
  'picture-in-picture-screen': withScreen(scene('picture-in-picture', 2), { width: 640, height: 360 }),
  'screen-people-2': withScreen(scene('screen-people', 2)),
  'screen-people-7': withScreen(scene('screen-people', 7, branded)),
  'screen-only': withScreen(scene('screen-only', 2)),
  upright: withScreen(scene('screen-people', 3, { programme: SHAPES.upright })),
  ...frameScenes,
  ...Object.fromEntries(everyLayout),
  ...Object.fromEntries(product.map(({ name, scene: whole }) => [name, whole])),
  ...Object.fromEntries(hardOverlays),
  ...inEveryShape('names-scripts', (programme) => named(withText(scene('grid', 6, { programme })), SCRIPTS)),
  ...inEveryShape('names-long', (programme) => named(withText(scene('grid', 4, { programme })), LONG)),
  ...inEveryShape('own-layout', (programme) =>
    withAir(scene('grid', 3, { programme }), () => ({ layout: ownLayout })),
  ),
  'theme-bold-pill': themed('bold', 'pill'),
  'theme-bubble-line': themed('bubble', 'line'),
  'theme-minimal-plate': themed('minimal', 'plate'),
  'overlays-together': withOverlays(
    scene('grid', 4, branded),
    OVERLAYS.banner,
    OVERLAYS.ticker,
    OVERLAYS['lower-third'],
    OVERLAYS['qr-code'],
    OVERLAYS.clock,
  ),
  ...Object.fromEntries(everyFont),
  ...inEveryShape('transition-fade', (programme) => inTransition(programme, 'fade', 'left')),
  ...inEveryShape('transition-slide', (programme) => inTransition(programme, 'slide', 'left')),
  ...inEveryShape('transition-slide-up', (programme) => inTransition(programme, 'slide', 'up')),
  ...inEveryShape('transition-wipe', (programme) => inTransition(programme, 'wipe', 'right')),
};
