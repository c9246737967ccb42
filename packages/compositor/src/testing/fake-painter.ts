import {
  type Composition,
  newStudioDocument,
  type Overlay,
  overlaySchema,
  personIdSchema,
  sourceId,
} from '@streamus/studio';
import type { DrawItem, SpriteItem } from '../draw-item.ts';
import { createNewestFrames } from '../newest-frames.ts';
import { createPainter } from '../painter.ts';
import type { SpriteMaker } from '../sprites/sprite-maker.ts';
import { stripPieces } from '../sprites/ticker-pieces.ts';
import type { Pixels } from '../surfaces/surface.ts';

const ADA = personIdSchema.parse('00000000-0000-4000-8000-000000000001');
export const overlay = (n: number, fields: Record<string, unknown>): Overlay =>
  overlaySchema.parse({ id: `00000000-0000-4000-8000-00000000010${n}`, ...fields });
export const lowerThird = overlay(1, {
  ...{ kind: 'lower-third', title: 'Guest', subtitle: '' },
  animation: 'slide',
});
export const ticker = overlay(2, { kind: 'ticker', text: 'News', speed: 'fast' });

const { programme, onAir } = newStudioDocument();

/** Ada alone on stage. */
export function compositionOf(change: Partial<Composition['air']>): Composition {
  const person = { id: ADA, name: 'Ada', role: 'guest' as const };
  return {
    programme,
    people: { [ADA]: person },
    air: { ...onAir, stage: [sourceId('camera', ADA)], ...change },
  };
}

const spritesIn = (items: readonly DrawItem[]): SpriteItem[] =>
  items.flatMap((item) =>
    item.kind === 'sprite' ? item : item.kind === 'layer' ? spritesIn(item.items) : [],
  );

/** What a picture was painted of, and what was missing then. */
export interface Painted {
  readonly items: readonly DrawItem[];
  readonly missing: number;
}

/** Asks for everything a surface would; says how much of it is not there. */
function look(items: readonly DrawItem[], pixels: Pixels): number {
  const seen = spritesIn(items).map(({ sprite }) => pixels.sprite(sprite));
  for (const item of items) {
    if (item.kind === 'picture' && item.avatar !== null) seen.push(pixels.sprite(item.avatar));
    if (item.kind !== 'strip') continue;
    const pieces = stripPieces(item, pixels.tickerWidth(item.ticker));
    seen.push(...pieces.map(({ sprite }) => pixels.sprite(sprite)));
  }
  return seen.filter((sprite) => sprite === undefined).length;
}

/** A painter whose surface draws nothing. Its only person has no camera on. */
export function startPainter(composition: Composition, sprites: SpriteMaker) {
  const painted: Painted[] = [];
  const small: Painted[] = [];
  const failures: string[] = [];
  const painter = createPainter({
    composition,
    frames: createNewestFrames(),
    sprites,
    async createSurface() {
      return {
        kind: 'canvas',
        paint: (items, pixels) => void painted.push({ items, missing: look(items, pixels) }),
        snapshot: () => Promise.reject(new Error('no pictures here')),
        forgetUnused: () => undefined,
        close: () => undefined,
      };
    },
    async createThumbnails() {
      return {
        async paint(items, pixels) {
          small.push({ items, missing: look(items, pixels) });
          return Promise.reject(new Error('no pictures here'));
        },
        close: () => undefined,
      };
    },
    onBoxes: () => undefined,
    onFailure: (reason) => failures.push(reason),
  });
  painter.setSources([{ source: sourceId('camera', ADA), hasVideo: false }]);
  /** Sprites of a kind in the picture at that time. */
  async function spritesAt(nowMs: number, kind: SpriteItem['sprite']['kind']): Promise<SpriteItem[]> {
    await painter.paint(nowMs);
    return spritesIn(painted.at(-1)?.items ?? []).filter(({ sprite }) => sprite.kind === kind);
  }
  return { painter, painted, small, failures, spritesAt };
}
