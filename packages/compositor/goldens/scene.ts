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
  type PersonId,
  type Programme,
  personIdSchema,
  type SourceFacts,
  type SourceId,
  sourceId,
} from '@streamus/studio';
import { type GoldenKind, KINDS } from './kinds.ts';

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
  /** Has letters, whose edges every surface colours a little otherwise: compared less strictly. */
  readonly text: boolean;
  /** Milliseconds since the overlays were switched on. */
  readonly nowMs: number;
  /** A transition from this one is half over; null: none. */
  readonly before: Scene | null;
  /** Surfaces that paint it. */
  readonly on: readonly GoldenKind[];
}

export const LOGO: AssetId = assetIdSchema.parse('11111111-1111-4111-8111-111111111111');
export const BACKGROUND: AssetId = assetIdSchema.parse('22222222-2222-4222-8222-222222222222');
export const WIDE = { width: 640, height: 360 };
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

export function personNo(n: number): PersonId {
  return personIdSchema.parse(`00000000-0000-4000-8000-${n.toString().padStart(12, '0')}`);
}

export interface Looks {
  readonly brand?: Partial<Brand>;
  readonly programme?: Programme;
}

export const SMALL: Programme = { width: 640, height: 360, fps: 15, videoBitrate: 600_000 };

export function scene(layout: LayoutKind, people: number, looks: Looks = {}): Scene {
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
    on: KINDS,
  };
}

export function withAir(given: Scene, change: (air: AirScene) => Partial<AirScene>): Scene {
  const { composition } = given;
  const air = { ...composition.air, ...change(composition.air) };
  return { ...given, composition: { ...composition, air } };
}

export function withText(given: Scene): Scene {
  const shown = withAir(given, ({ brand }) => ({
    brand: { ...brand, nameTags: { ...brand.nameTags, shown: true } },
  }));
  return { ...shown, text: true };
}

export function withScreen(given: Scene, size = { width: 800, height: 500 }): Scene {
  const source = sourceId('screen', personNo(0));
  return {
    ...withAir(given, ({ stage }) => ({ stage: [...stage, source] })),
    pictures: new Map([...given.pictures, [source, size]]),
  };
}

export function withCamera(given: Scene, n: number, size: { width: number; height: number } | null): Scene {
  return { ...given, pictures: new Map([...given.pictures, [sourceId('camera', personNo(n)), size]]) };
}

export const branded: Looks = {
  brand: {
    background: { kind: 'image', asset: BACKGROUND },
    logo: { asset: LOGO, corner: 'top-right', size: 'medium' },
    colours: { ...DEFAULT_BRAND.colours, accent: '#ff8a3d' },
  },
};

/** The people of the first names, under others. */
export function named(given: Scene, names: readonly string[]): Scene {
  const { composition } = given;
  const people = Object.values(composition.people).map((person, n) => ({
    ...person,
    name: names[n] ?? person.name,
  }));
  const byId = Object.fromEntries(people.map((person) => [person.id, person]));
  return { ...given, composition: { ...composition, people: byId } };
}

export function withOverlays(given: Scene, ...overlays: readonly Overlay[]): Scene {
  return { ...withAir(given, () => ({ overlays: [...overlays] })), text: true };
}

export function boxesOf({ composition, pictures }: Scene) {
  const sources = new Map<SourceId, SourceFacts>();
  for (const [source, size] of pictures) {
    const aspect = size === null ? {} : { aspect: size.width / size.height };
    sources.set(source, { present: true, hasVideo: size !== null, ...aspect });
  }
  return layoutBoxes({ composition, sources });
}
