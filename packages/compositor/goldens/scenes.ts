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
  type PersonId,
  type Programme,
  personIdSchema,
  type SourceFacts,
  type SourceId,
  sourceId,
} from '@streamus/studio';

/** A picture to be painted and compared: composition, and what each source shows. */
export interface Scene {
  readonly composition: Composition;
  /** Pixel size of each source's test picture; null: a camera that is off. */
  readonly pictures: ReadonlyMap<SourceId, { readonly width: number; readonly height: number } | null>;
  /** Has letters, which look different in every font: compared less strictly. */
  readonly text: boolean;
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
  return { composition, pictures: new Map(cameras.map((source) => [source, WIDE])), text: false };
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
};

export function boxesOf({ composition, pictures }: Scene) {
  const sources = new Map<SourceId, SourceFacts>();
  for (const [source, size] of pictures) {
    const aspect = size === null ? {} : { aspect: size.width / size.height };
    sources.set(source, { present: true, hasVideo: size !== null, ...aspect });
  }
  return layoutBoxes({ composition, sources });
}
