import {
  type AssetId,
  assetIdSchema,
  type LayoutKind,
  layoutBoxes,
  newStudioDocument,
  type PersonId,
  personIdSchema,
  type SourceFacts,
  type SourceId,
  type StudioDocument,
  sourceId,
} from '@streamus/studio';

/** A picture to be painted and compared: document, and what each source shows. */
export interface Scene {
  readonly document: StudioDocument;
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

function scene(layout: LayoutKind, people: number, change: Partial<StudioDocument> = {}): Scene {
  const ids = Array.from({ length: people }, (_, n) => personNo(n));
  const cameras = ids.map((id) => sourceId('camera', id));
  const document: StudioDocument = {
    ...newStudioDocument({ width: 640, height: 360, fps: 15, videoBitrate: 600_000 }),
    layout,
    people: Object.fromEntries(
      ids.map((id, n) => [id, { id, name: NAMES[n] ?? `Person ${n}`, role: 'guest' as const }]),
    ),
    stage: cameras,
    nameTags: false,
    ...change,
  };
  return { document, pictures: new Map(cameras.map((source) => [source, WIDE])), text: false };
}

function withText(given: Scene): Scene {
  return { ...given, document: { ...given.document, nameTags: true }, text: true };
}

function withScreen(given: Scene, size = { width: 800, height: 500 }): Scene {
  const source = sourceId('screen', personNo(0));
  return {
    ...given,
    document: { ...given.document, stage: [...given.document.stage, source] },
    pictures: new Map([...given.pictures, [source, size]]),
  };
}

function withCamera(given: Scene, n: number, size: { width: number; height: number } | null): Scene {
  return { ...given, pictures: new Map([...given.pictures, [sourceId('camera', personNo(n)), size]]) };
}

const branded: Partial<StudioDocument> = {
  background: { kind: 'image', asset: BACKGROUND },
  logo: { asset: LOGO, corner: 'top-right' },
  accent: '#ff8a3d',
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
  'picture-in-picture': scene('picture-in-picture', 2, { logo: { asset: LOGO, corner: 'bottom-right' } }),
  'picture-in-picture-screen': withScreen(scene('picture-in-picture', 2), { width: 640, height: 360 }),
  'screen-people-2': withScreen(scene('screen-people', 2)),
  'screen-people-7': withScreen(scene('screen-people', 7, branded)),
  'screen-only': withScreen(scene('screen-only', 2)),
  upright: withScreen(
    scene('screen-people', 3, { programme: { width: 360, height: 640, fps: 15, videoBitrate: 600_000 } }),
  ),
};

export function boxesOf({ document, pictures }: Scene) {
  const sources = new Map<SourceId, SourceFacts>();
  for (const [source, size] of pictures) {
    const aspect = size === null ? {} : { aspect: size.width / size.height };
    sources.set(source, { present: true, hasVideo: size !== null, ...aspect });
  }
  return layoutBoxes({ document, sources });
}
