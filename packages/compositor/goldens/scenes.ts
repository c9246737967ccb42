import {
  type AirScene,
  type AssetId,
  assetIdSchema,
  type Brand,
  type Composition,
  DEFAULT_BRAND,
  type LayoutKind,
  layoutBoxes,
  newStudioDocument,
  type Overlay,
  overlaySchema,
  ownLayoutSchema,
  type PersonId,
  type Programme,
  personIdSchema,
  type SourceFacts,
  type SourceId,
  sourceId,
  type Transition,
} from '@streamus/studio';

/** How a source's frames are made; null: RGB from a canvas. */
export interface FrameLook {
  readonly format: 'I420' | 'NV12';
  readonly matrix: 'bt709' | 'smpte170m' | null;
  readonly fullRange: boolean;
  readonly rotation: 0 | 90 | 180 | 270;
  readonly flip: boolean;
  /** Pixels that are not to be seen, before the visible part and behind it. */
  readonly margin: { readonly x: number; readonly y: number };
}

/** A picture to be painted and compared: composition, and what each source shows. */
export interface Scene {
  readonly composition: Composition;
  /** Pixel size of each source's test picture; null: a camera that is off. */
  readonly pictures: ReadonlyMap<SourceId, { readonly width: number; readonly height: number } | null>;
  readonly frames: FrameLook | null;
  /** Has letters, which look different in every font: compared less strictly. */
  readonly text: boolean;
  /** Milliseconds since the overlays were switched on. */
  readonly nowMs: number;
  /** A transition from this one is half over; null: none. */
  readonly before: Scene | null;
}

export const LOGO: AssetId = assetIdSchema.parse('11111111-1111-4111-8111-111111111111');
export const BACKGROUND: AssetId = assetIdSchema.parse('22222222-2222-4222-8222-222222222222');
const WIDE = { width: 640, height: 360 };
const NAMES = [
  'Ada Lovelace',
  'Grace Hopper',
  'محمد الخوارزمي',
  'Alan Turing',
  'A name that is far too long for any tile it could ever be in',
  'Barbara Liskov',
  'Edsger Dijkstra',
  'Frances Allen',
  'Donald Knuth',
  'Radia Perlman',
];

function personNo(n: number): PersonId {
  return personIdSchema.parse(`00000000-0000-4000-8000-${n.toString().padStart(12, '0')}`);
}

interface Looks {
  readonly brand?: Partial<Brand>;
  readonly programme?: Programme;
}

const SMALL: Programme = { width: 640, height: 360, fps: 15, videoBitrate: 600_000 };

function scene(layout: LayoutKind, people: number, looks: Looks = {}): Scene {
  const ids = Array.from({ length: people }, (_, n) => personNo(n));
  const cameras = ids.map((id) => sourceId('camera', id));
  const { programme, onAir } = newStudioDocument(looks.programme ?? SMALL);
  const nameTags = { ...DEFAULT_BRAND.nameTags, shown: false };
  const brand: Brand = { ...DEFAULT_BRAND, nameTags, ...looks.brand };
  const composition: Composition = {
    programme,
    people: Object.fromEntries(
      ids.map((id, n) => [id, { id, name: NAMES[n] ?? `Person ${n}`, role: 'guest' as const }]),
    ),
    air: { ...onAir, layout, stage: cameras, brand, background: brand.background },
  };
  return {
    composition,
    pictures: new Map(cameras.map((source) => [source, WIDE])),
    frames: null,
    text: false,
    nowMs: 5000,
    before: null,
  };
}

function withAir(given: Scene, change: (air: AirScene) => Partial<AirScene>): Scene {
  const { composition } = given;
  const air = { ...composition.air, ...change(composition.air) };
  return { ...given, composition: { ...composition, air } };
}

function withText(given: Scene): Scene {
  const shown = withAir(given, ({ brand }) => ({
    brand: { ...brand, nameTags: { ...brand.nameTags, shown: true } },
  }));
  return { ...shown, text: true };
}

function withScreen(given: Scene, size = { width: 800, height: 500 }): Scene {
  const source = sourceId('screen', personNo(0));
  return {
    ...withAir(given, ({ stage }) => ({ stage: [...stage, source] })),
    pictures: new Map([...given.pictures, [source, size]]),
  };
}

function withCamera(given: Scene, n: number, size: { width: number; height: number } | null): Scene {
  return { ...given, pictures: new Map([...given.pictures, [sourceId('camera', personNo(n)), size]]) };
}

const branded: Looks = {
  brand: {
    background: { kind: 'image', asset: BACKGROUND },
    logo: { asset: LOGO, corner: 'top-right', size: 'medium' },
    colours: { ...DEFAULT_BRAND.colours, accent: '#ff8a3d' },
  },
};

const SHAPES = {
  wide: SMALL,
  upright: { ...SMALL, width: 360, height: 640 },
  square: { ...SMALL, width: 480, height: 480 },
} as const;

const LAYOUTS = [
  'solo',
  'grid',
  'side-by-side',
  'leader',
  'picture-in-picture',
  'screen-people',
  'screen-only',
] as const satisfies readonly LayoutKind[];

function overlayNo(n: number, fields: Record<string, unknown>): Overlay {
  return overlaySchema.parse({ id: personNo(100 + n), ...fields });
}

const OVERLAYS = {
  image: overlayNo(1, {
    kind: 'image',
    name: 'Sponsor',
    asset: LOGO,
    box: { x: 5000, y: 500, width: 4500, height: 3000 },
    opacity: 60,
  }),
  banner: overlayNo(2, { kind: 'banner', text: 'Tonight: how bridges sing in the wind', style: 'solid' }),
  'banner-glass': overlayNo(3, {
    kind: 'banner',
    text: 'A long banner that does not fit one line of the picture and is therefore broken into two lines of one length',
    style: 'glass',
  }),
  'banner-outline': overlayNo(4, { kind: 'banner', text: 'Zoë & Ævar: ¿qué será, será?', style: 'outline' }),
  ticker: overlayNo(5, { kind: 'ticker', text: 'Doors open at seven · Next show on Friday', speed: 'fast' }),
  'lower-third': overlayNo(6, {
    kind: 'lower-third',
    title: 'Ada Lovelace',
    subtitle: 'Mathematician, London',
    animation: 'none',
  }),
  'lower-third-rtl': overlayNo(7, {
    kind: 'lower-third',
    title: 'عائشة بنت محمد',
    subtitle: 'مهندسة في القاهرة',
    animation: 'none',
  }),
  countdown: overlayNo(8, {
    kind: 'countdown',
    title: 'We begin in',
    end: { kind: 'instant', endsAt: 130_000 },
    atZero: 'stay',
  }),
  clock: overlayNo(9, { kind: 'clock', timeZone: 'UTC', format: '24-hours' }),
  'qr-code': overlayNo(10, {
    kind: 'qr-code',
    url: 'https://example.org/join',
    corner: 'top-right',
    caption: 'Ask a question',
  }),
} as const;

function withOverlays(given: Scene, ...overlays: readonly Overlay[]): Scene {
  return { ...withAir(given, () => ({ overlays: [...overlays] })), text: true };
}

function inTransition(kind: Transition['kind'], direction: Transition['direction']): Scene {
  const transition: Transition = { kind, direction, durationMs: 300, easing: 'linear' };
  const after = withAir(scene('grid', 2, branded), () => ({ transition }));
  return { ...after, before: scene('leader', 4) };
}

const ownLayout = ownLayoutSchema.parse({
  id: personNo(200),
  name: 'Discs',
  slots: [
    {
      id: personNo(201),
      box: { x: 0, y: 0, width: 10_000, height: 10_000 },
      holds: { kind: 'person', index: 0 },
      fit: 'cover',
      crop: { left: 0, top: 2500, right: 2500, bottom: 0 },
      radius: 0,
      border: null,
    },
    {
      id: personNo(202),
      box: { x: 6000, y: 4000, width: 3375, height: 5000 },
      holds: { kind: 'person', index: 1 },
      fit: 'cover',
      crop: { left: 0, top: 0, right: 0, bottom: 0 },
      radius: 5000,
      border: { width: 150, colour: '#ffd08a' },
    },
    {
      id: personNo(203),
      box: { x: 500, y: 5500, width: 3500, height: 3500 },
      holds: { kind: 'person', index: 2 },
      fit: 'contain',
      crop: { left: 0, top: 0, right: 5000, bottom: 0 },
      radius: 800,
      border: { width: 60, colour: '#ffffff' },
    },
  ],
});

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

const everyLayout = Object.entries(SHAPES).flatMap(([shape, programme]) =>
  LAYOUTS.map((layout) => [`${layout}-${shape}`, withScreen(scene(layout, 4, { programme }))] as const),
);

const everyOverlay = Object.entries(SHAPES).flatMap(([shape, programme]) =>
  Object.entries(OVERLAYS).map(
    ([name, overlay]) =>
      [`overlay-${name}-${shape}`, withOverlays(scene('grid', 2, { programme }), overlay)] as const,
  ),
);

const PLAIN: FrameLook = {
  format: 'I420',
  matrix: 'bt709',
  fullRange: false,
  rotation: 0,
  flip: false,
  margin: { x: 0, y: 0 },
};

/** A grid whose cameras deliver frames of this kind. */
function framed(look: Partial<FrameLook>, size = WIDE): Scene {
  const given = scene('grid', 2);
  const cameras = [0, 1].reduce((all, n) => withCamera(all, n, size), given);
  return { ...cameras, frames: { ...PLAIN, ...look } };
}

const everyFrame: Readonly<Record<string, Scene>> = {
  'frames-709': framed({}),
  'frames-601': framed({ matrix: 'smpte170m' }),
  'frames-untagged': framed({ matrix: null }),
  'frames-full-range': framed({ fullRange: true }),
  'frames-601-full-range': framed({ matrix: 'smpte170m', fullRange: true }),
  'frames-nv12': framed({ format: 'NV12' }),
  'frames-odd': framed({}, { width: 321, height: 181 }),
  'frames-nv12-odd': framed({ format: 'NV12' }, { width: 321, height: 181 }),
  'frames-margin': framed({ margin: { x: 16, y: 10 } }),
  'frames-turned-90': framed({ rotation: 90 }),
  'frames-turned-180': framed({ rotation: 180 }),
  'frames-turned-270': framed({ rotation: 270, format: 'NV12' }),
  'frames-mirrored': framed({ flip: true }),
  'frames-mirrored-turned-90': framed({ flip: true, rotation: 90 }),
  'frames-large': framed({}, { width: 2560, height: 1440 }),
};

export const scenes: Readonly<Record<string, Scene>> = {
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
  upright: withScreen(
    scene('screen-people', 3, { programme: { width: 360, height: 640, fps: 15, videoBitrate: 600_000 } }),
  ),
  ...everyFrame,
  ...Object.fromEntries(everyLayout),
  ...Object.fromEntries(everyOverlay),
  'own-layout': withAir(scene('grid', 3), () => ({ layout: ownLayout })),
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
  'transition-fade': inTransition('fade', 'left'),
  'transition-slide': inTransition('slide', 'left'),
  'transition-slide-up': inTransition('slide', 'up'),
  'transition-wipe': inTransition('wipe', 'right'),
};

export function boxesOf({ composition, pictures }: Scene) {
  const sources = new Map<SourceId, SourceFacts>();
  for (const [source, size] of pictures) {
    const aspect = size === null ? {} : { aspect: size.width / size.height };
    sources.set(source, { present: true, hasVideo: size !== null, ...aspect });
  }
  return layoutBoxes({ composition, sources });
}
