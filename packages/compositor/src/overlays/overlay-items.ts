import type { AssetId, Composition, Corner, Overlay, OverlayId, Rect } from '@streamus/studio';
import { qrCodeSize, WHOLE } from '@streamus/studio';
import type { DrawItem, DrawList, Size, SpriteItem } from '../draw-item.ts';
import { imageItem } from '../image-item.ts';
import { placePicture } from '../place-picture.ts';
import { isRightToLeft } from '../right-to-left.ts';
import type { Look, SpriteSpec } from '../sprites/sprite-spec.ts';
import { clockText, countdownText } from './times.ts';

/** An overlay on its way in or out. Times are this machine's clock, ms. */
export interface Shown {
  readonly overlay: Overlay;
  readonly since: number;
  /** When it was switched off; null: it is on. */
  readonly leftAt: number | null;
}

/** A lower third comes and goes within this time: long enough to be seen, short enough not to be waited for. */
export const ANIMATION_MS = 400;
/** Pixels a second, in heights of the programme's shorter side: at 1080p a word stays readable for 4 to 10 s. */
const TICKER_SPEEDS = { slow: 0.08, normal: 0.13, fast: 0.2 } as const;
/** What has corners to be in, and how far from the edge, in shares of the shorter side. */
export const MARGIN = 0.035;

interface Room {
  readonly programme: Size;
  readonly side: number;
  readonly margin: number;
  readonly look: Look;
  readonly logoCorner: Corner | null;
  readonly nowMs: number;
  readonly clockAheadMs: number;
}

interface Drawn {
  readonly items: readonly DrawItem[];
  readonly changesAt?: number | null;
  readonly soon?: readonly SpriteSpec[];
}

/** Overlays over the pictures: what is at the bottom is stacked from the ticker upwards. */
export function overlayItems(
  { programme, air }: Composition,
  shown: readonly Shown[],
  assets: ReadonlyMap<AssetId, Size>,
  { nowMs, clockAheadMs }: { readonly nowMs: number; readonly clockAheadMs: number },
): DrawList {
  const side = Math.min(programme.width, programme.height);
  const { font, theme, colours } = air.brand;
  const room: Room = {
    programme,
    side,
    margin: Math.round(MARGIN * side),
    look: { font, theme, colours },
    logoCorner: air.brand.logo?.corner ?? null,
    nowMs,
    clockAheadMs,
  };
  const drawn = shown.map((one) => overlayDrawn(one, bottomFor(one.overlay, shown, room), room, assets));
  const times = drawn.flatMap(({ changesAt }) => changesAt ?? []);
  return {
    items: drawn.flatMap(({ items }) => items),
    changesAt: times.length === 0 ? null : Math.min(...times),
    soon: drawn.flatMap(({ soon }) => soon ?? []),
  };
}

const heights = {
  ticker: 0.062,
  banner: 0.072,
  title: 0.062,
  clock: 0.055,
  countdown: 0.2,
} as const;

/** The lower edge of what a ticker leaves of the picture. */
export function tickerTop({ width, height }: Size, shown: readonly Shown[]): number {
  const ticker = shown.some(({ overlay }) => overlay.kind === 'ticker');
  return ticker ? height - Math.round(heights.ticker * Math.min(width, height)) : height;
}

/** Where the overlay's lower edge is, given what is shown below it. */
function bottomFor(overlay: Overlay, shown: readonly Shown[], { programme, side, margin }: Room): number {
  const has = (kind: Overlay['kind']): boolean => shown.some((one) => one.overlay.kind === kind);
  let bottom = tickerTop(programme, shown) - margin;
  if (overlay.kind === 'lower-third' && has('banner')) {
    bottom -= Math.round(heights.banner * side * 2) + margin;
  }
  return bottom;
}

function overlayDrawn(shown: Shown, bottom: number, room: Room, assets: ReadonlyMap<AssetId, Size>): Drawn {
  const { overlay } = shown;
  switch (overlay.kind) {
    case 'image':
      return imageDrawn(overlay, room, assets);
    case 'banner':
      return bannerDrawn(overlay, bottom, room);
    case 'ticker':
      return tickerDrawn(overlay, shown.since, room);
    case 'lower-third':
      return lowerThirdDrawn(overlay, shown, bottom, room);
    case 'countdown':
      return countdownDrawn(overlay, room);
    case 'clock':
      return clockDrawn(overlay, room);
    case 'qr-code':
      return qrCodeDrawn(overlay, bottom, room);
  }
}

type Of<K extends Overlay['kind']> = Extract<Overlay, { kind: K }>;

function sprite(
  { id }: Overlay,
  spec: SpriteSpec,
  place: Pick<SpriteItem, 'anchor' | 'x' | 'y'>,
  motion: Partial<Motion> = {},
) {
  return { kind: 'sprite', sprite: spec, slot: id, ...place, ...STILL, ...motion } satisfies SpriteItem;
}

type Motion = Pick<SpriteItem, 'opacity' | 'reveal' | 'shift'>;
export const STILL: Motion = { opacity: 1, reveal: 1, shift: 0 };

function imageDrawn(
  { id, asset, box, opacity }: Of<'image'>,
  { programme }: Room,
  assets: ReadonlyMap<AssetId, Size>,
): Drawn {
  const size = assets.get(asset);
  if (size === undefined) return { items: [] };
  const area: Rect = {
    x: (box.x * programme.width) / WHOLE,
    y: (box.y * programme.height) / WHOLE,
    width: (box.width * programme.width) / WHOLE,
    height: (box.height * programme.height) / WHOLE,
  };
  return {
    items: [imageItem(id, asset, placePicture('contain', area, size), opacity / 100)],
  };
}

function bannerDrawn(overlay: Of<'banner'>, bottom: number, room: Room): Drawn {
  const { text, style } = overlay;
  const { programme, margin, side, look } = room;
  const height = Math.round(heights.banner * side);
  const maxWidth = programme.width - 2 * margin;
  const spec: SpriteSpec = { kind: 'banner', text, style, look, height, maxWidth };
  return { items: [sprite(overlay, spec, { anchor: 'centre', x: programme.width / 2, y: bottom })] };
}

function tickerDrawn({ id, text, speed }: Of<'ticker'>, since: number, room: Room): Drawn {
  const { programme, side, look, nowMs } = room;
  const height = Math.round(heights.ticker * side);
  const box: Rect = { x: 0, y: programme.height - height, width: programme.width, height };
  const colour = look.theme === 'bold' ? look.colours.accent : look.colours.background;
  const travel = (Math.max(0, nowMs - since) / 1000) * TICKER_SPEEDS[speed] * side;
  return {
    items: [
      { kind: 'plate', colour, box, opacity: look.theme === 'minimal' ? 0.45 : 0.9 },
      {
        kind: 'strip',
        ticker: { text, look, height },
        slot: id,
        box,
        travel,
        towards: isRightToLeft(text) ? 'right' : 'left',
      },
    ],
    changesAt: nowMs,
  };
}

/** How far an animation is, 0 (not there) to 1 (there); slows down towards its end. */
function presence({ since, leftAt }: Shown, nowMs: number): number {
  const linear = leftAt === null ? (nowMs - since) / ANIMATION_MS : 1 - (nowMs - leftAt) / ANIMATION_MS;
  const t = Math.min(1, Math.max(0, linear));
  return 1 - (1 - t) ** 3;
}

function lowerThirdDrawn(
  overlay: Of<'lower-third'>,
  shown: Shown,
  bottom: number,
  { programme, margin, side, look, nowMs }: Room,
): Drawn {
  const { title, subtitle, animation } = overlay;
  const here = animation === 'none' ? 1 : presence(shown, nowMs);
  const height = Math.round(heights.title * side);
  const maxWidth = Math.round(0.62 * programme.width);
  const spec: SpriteSpec = { kind: 'lower-third', title, subtitle, look, height, maxWidth };
  const right = isRightToLeft(title);
  const place = right
    ? ({ anchor: 'right', x: programme.width - margin, y: bottom } as const)
    : ({ anchor: 'left', x: margin, y: bottom } as const);
  const outside = (1 - here) * 1.2;
  const motion: Partial<Motion> = {
    ...(animation === 'fade' ? { opacity: here } : {}),
    ...(animation === 'slide' ? { shift: right ? outside : -outside } : {}),
    ...(animation === 'wipe' ? { reveal: here } : {}),
  };
  return {
    items: [sprite(overlay, spec, place, motion)],
    changesAt: here < 1 || shown.leftAt !== null ? nowMs : null,
  };
}

/** A moment of the clock that texts go by, on this machine's. */
function onThisMachine(clockMs: number | null, { clockAheadMs }: Room): number | null {
  return clockMs === null ? null : clockMs - clockAheadMs;
}

function countdownDrawn(overlay: Of<'countdown'>, room: Room): Drawn {
  const { programme, side, look } = room;
  const text = countdownText(overlay, room.nowMs + room.clockAheadMs);
  if (text === null) return { items: [] };
  const height = Math.round(heights.countdown * side);
  const maxWidth = Math.round(0.9 * programme.width);
  const spec = (time: string): SpriteSpec => {
    return { kind: 'time', title: overlay.title, time, look, height, maxWidth };
  };
  const next = text.changesAt === null ? null : countdownText(overlay, text.changesAt);
  const y = Math.round((programme.height + height) / 2);
  return {
    items: [sprite(overlay, spec(text.text), { anchor: 'centre', x: programme.width / 2, y })],
    changesAt: onThisMachine(text.changesAt, room),
    soon: next === null ? [] : [spec(next.text)],
  };
}

function clockDrawn(overlay: Of<'clock'>, room: Room): Drawn {
  const { programme, margin, side, look, logoCorner } = room;
  const { text, changesAt } = clockText(overlay, room.nowMs + room.clockAheadMs);
  const height = Math.round(heights.clock * side);
  const spec = (time: string): SpriteSpec => {
    return { kind: 'time', title: '', time, look, height, maxWidth: programme.width };
  };
  const next = changesAt === null ? [] : [spec(clockText(overlay, changesAt).text)];
  const y = margin + height;
  const item =
    logoCorner === 'top-left'
      ? sprite(overlay, spec(text), { anchor: 'right', x: programme.width - margin, y })
      : sprite(overlay, spec(text), { anchor: 'left', x: margin, y });
  return { items: [item], changesAt: onThisMachine(changesAt, room), soon: next };
}

/** Beside the logo when both want one corner. */
function qrCodeDrawn(overlay: Of<'qr-code'>, bottom: number, room: Room): Drawn {
  const { url, corner, caption } = overlay;
  const { programme, margin, look, logoCorner } = room;
  const { size } = qrCodeSize(url, programme);
  const spec: SpriteSpec = { kind: 'qr-code', url, caption, look, size };
  const captionHeight = caption === '' ? 0 : Math.round(size * 0.18);
  const beside = logoCorner === corner ? Math.round(0.12 * programme.height) + margin : 0;
  const top = corner === 'top-left' || corner === 'top-right';
  const y = top ? margin + beside + size + captionHeight : bottom - beside;
  const left = corner === 'top-left' || corner === 'bottom-left';
  const item = left
    ? sprite(overlay, spec, { anchor: 'left', x: margin, y })
    : sprite(overlay, spec, { anchor: 'right', x: programme.width - margin, y });
  return { items: [item] };
}

/**
 * What is on air, and what is still leaving, by what was there a moment ago.
 * @param waiting slots of overlays of which nothing can be seen yet: they begin when it can
 */
export function followShown(
  before: ReadonlyMap<OverlayId, Shown>,
  overlays: readonly Overlay[],
  nowMs: number,
  waiting: ReadonlySet<string> = new Set(),
): Map<OverlayId, Shown> {
  const shown = new Map<OverlayId, Shown>();
  const on = new Set(overlays.map(({ id }) => id));
  for (const [id, one] of before) {
    if (on.has(id) || !goesSlowly(one.overlay)) continue;
    const leftAt = one.leftAt ?? turnedAt(one.since, nowMs);
    if (nowMs - leftAt < ANIMATION_MS) shown.set(id, { ...one, leftAt });
  }
  for (const overlay of overlays) {
    const known = before.get(overlay.id);
    const since = known === undefined || waiting.has(overlay.id) ? nowMs : sinceOf(known, nowMs);
    shown.set(overlay.id, { overlay, since, leftAt: null });
  }
  return shown;
}

/** What is on its way out comes back from where it is. */
function sinceOf({ since, leftAt }: Shown, nowMs: number): number {
  return leftAt === null ? since : turnedAt(leftAt, nowMs);
}

/** When a way that began at `beganMs` would have had to begin the other way round to be where it is now. */
function turnedAt(beganMs: number, nowMs: number): number {
  const made = Math.min(ANIMATION_MS, nowMs - beganMs);
  return nowMs - (ANIMATION_MS - made);
}

function goesSlowly(overlay: Overlay): boolean {
  return overlay.kind === 'lower-third' && overlay.animation !== 'none';
}
