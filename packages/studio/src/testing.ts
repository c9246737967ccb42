import { type AnyCommand, anyCommandSchema } from './commands.ts';
import { newStudioDocument, type StudioDocument } from './document.ts';
import {
  type AssetId,
  assetIdSchema,
  type BrandKitId,
  brandKitIdSchema,
  type LayoutId,
  layoutIdSchema,
  type OverlayId,
  overlayIdSchema,
  type PersonId,
  personIdSchema,
  type SceneId,
  type SourceId,
  type SourceKind,
  sceneIdSchema,
  slotIdSchema,
  sourceId,
} from './ids.ts';
import { NO_CROP, type OwnLayout } from './layout/own-layout.ts';
import type { Overlay } from './overlays/overlay.ts';
import type { Role } from './people/person.ts';
import { reduce } from './reduce.ts';
import type { Refusal } from './result.ts';

const uuidNo = (prefix: string, n: number): string =>
  `${prefix}-0000-4000-8000-${n.toString().padStart(12, '0')}`;

/** Person number `n`, the same in every run. */
export const personNo = (n: number): PersonId => personIdSchema.parse(uuidNo('00000000', n));
export const sceneNo = (n: number): SceneId => sceneIdSchema.parse(uuidNo('5ce9e000', n));
export const overlayNo = (n: number): OverlayId => overlayIdSchema.parse(uuidNo('04e91a70', n));
export const layoutNo = (n: number): LayoutId => layoutIdSchema.parse(uuidNo('1a700000', n));
export const kitNo = (n: number): BrandKitId => brandKitIdSchema.parse(uuidNo('b4a9d000', n));
export const assetNo = (n: number): AssetId => assetIdSchema.parse(uuidNo('a55e7000', n));

export function sourceNo(n: number, kind: SourceKind = 'camera'): SourceId {
  return sourceId(kind, personNo(n));
}

/** When tests happen unless they say otherwise. */
export const NOON = Date.UTC(2026, 0, 1, 12);

/** The document after a command of one person (none: the system) at a moment, which must be accepted. */
export function afterAt(
  atMs: number,
  by: PersonId | null,
  document: StudioDocument,
  command: AnyCommand,
): StudioDocument {
  const reduced = reduce(document, anyCommandSchema.parse(command), { live: false, by, atMs });
  if (!reduced.ok) throw new Error(`${command.type}: ${reduced.refusal}`);
  return reduced.document;
}

/** The document after commands of one person (none: the system) that must all be accepted. */
export function afterBy(
  by: PersonId | null,
  document: StudioDocument,
  ...commands: readonly AnyCommand[]
): StudioDocument {
  return commands.reduce((before, command) => afterAt(NOON, by, before, command), document);
}

/** The document after commands of the system that must all be accepted. */
export function after(document: StudioDocument, ...commands: readonly AnyCommand[]): StudioDocument {
  return afterBy(null, document, ...commands);
}

/** Why a command of this person is refused; null: it is not. */
export function refusalOf(
  document: StudioDocument,
  command: AnyCommand,
  by: PersonId | null = null,
  live = false,
): Refusal | null {
  const reduced = reduce(document, anyCommandSchema.parse(command), { live, by, atMs: NOON });
  return reduced.ok ? null : reduced.refusal;
}

export function add(n: number, role: Role = 'guest'): AnyCommand {
  return { type: 'add-person', person: { id: personNo(n), name: `Person ${n}`, role } };
}

/** A studio of `count` people, nobody on stage. */
export function studioOf(count: number): StudioDocument {
  return after(newStudioDocument(), ...Array.from({ length: count }, (_, n) => add(n)));
}

/** A studio of `count` people, all of their cameras on stage. */
export function stageOf(count: number): StudioDocument {
  return after(
    studioOf(count),
    ...Array.from({ length: count }, (_, n): AnyCommand => ({ type: 'put-on-stage', source: sourceNo(n) })),
  );
}

export const ADA = personNo(1);
export const BOB = personNo(2);

/** Ada and Bob produce, three guests are on stage, there are scenes 2 and 3 beside the first. */
export function twoProducers(): StudioDocument {
  return after(
    newStudioDocument(),
    add(1, 'host'),
    add(2, 'co-host'),
    ...[3, 4, 5].flatMap((n): AnyCommand[] => [add(n), { type: 'put-on-stage', source: sourceNo(n) }]),
    addScene(2),
    addScene(3),
  );
}

export function addScene(n: number): AnyCommand {
  return { type: 'add-scene', id: sceneNo(n), name: `Scene ${n}`, layout: 'grid' };
}

export function banner(n: number, text = `Banner ${n}`): Overlay {
  return { id: overlayNo(n), kind: 'banner', text, style: 'solid' };
}

export function image(n: number): Overlay {
  return {
    id: overlayNo(n),
    kind: 'image',
    name: `Image ${n}`,
    asset: assetNo(n),
    box: { x: 0, y: 0, width: 10_000, height: 10_000 },
    opacity: 100,
  };
}

/** One of each kind, by their numbers. */
export const overlaysOfEachKind: readonly ((n: number) => Overlay)[] = [
  banner,
  image,
  (n) => ({ id: overlayNo(n), kind: 'ticker', text: 'News', speed: 'normal' }),
  (n) => ({ id: overlayNo(n), kind: 'lower-third', title: 'Ada', subtitle: 'Host', animation: 'slide' }),
  countdown,
  (n) => ({ id: overlayNo(n), kind: 'clock', timeZone: 'Europe/Berlin', format: '24-hours' }),
  (n) => ({
    ...{ id: overlayNo(n), kind: 'qr-code', url: 'https://example.org/' },
    ...{ corner: 'bottom-left', caption: 'Look' },
  }),
];

/** Of a minute, standing still. */
export function countdown(n: number): Extract<Overlay, { kind: 'countdown' }> {
  const end = { kind: 'duration', durationMs: 60_000, startedAt: null } as const;
  return { id: overlayNo(n), kind: 'countdown', title: 'Soon', end, atZero: 'stay' };
}

export const addOverlay = (overlay: Overlay): AnyCommand => ({ type: 'add-overlay', overlay });
export const show = (n: number, where: 'scene' | 'everywhere' = 'scene'): AnyCommand => ({
  type: 'show-overlay',
  overlay: overlayNo(n),
  where,
});

/** Two people side by side and a screen above them. */
export function ownLayout(n: number, name = `Layout ${n}`): OwnLayout {
  const slot = (index: number) => ({
    id: slotIdSchema.parse(uuidNo('5107a000', 10 * n + index)),
    fit: 'cover' as const,
    crop: NO_CROP,
    radius: 0,
    border: null,
  });
  return {
    id: layoutNo(n),
    name,
    slots: [
      { ...slot(0), box: { x: 0, y: 0, width: 10_000, height: 5000 }, holds: { kind: 'screen', index: 0 } },
      { ...slot(1), box: { x: 0, y: 5000, width: 5000, height: 5000 }, holds: { kind: 'person', index: 0 } },
      {
        ...slot(2),
        box: { x: 5000, y: 5000, width: 5000, height: 5000 },
        holds: { kind: 'person', index: 1 },
      },
    ],
  };
}
