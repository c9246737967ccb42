import type { AssetId, BrandColours, Overlay, Rect, Theme } from '@streamus/studio';

/** A person without a picture: their initials on a disc. Lengths in programme pixels, here as below. */
export interface AvatarSpec {
  readonly kind: 'avatar';
  readonly initials: string;
  readonly colour: string;
  readonly size: number;
}

/** How the brand draws texts. */
export interface Look {
  /** Of the served set, or `system`. */
  readonly font: string;
  readonly theme: Theme;
  readonly colours: BrandColours;
}

export interface NameTagSpec {
  readonly kind: 'name-tag';
  readonly style: 'plate' | 'pill' | 'line';
  readonly text: string;
  readonly look: Look;
  readonly height: number;
  readonly maxWidth: number;
}

export interface BannerSpec {
  readonly kind: 'banner';
  readonly style: Extract<Overlay, { kind: 'banner' }>['style'];
  readonly text: string;
  readonly look: Look;
  /** Of one line; a long text takes two. */
  readonly height: number;
  readonly maxWidth: number;
}

/** The text of a ticker alone; what is behind it stands still. */
export interface TickerText {
  readonly text: string;
  readonly look: Look;
  readonly height: number;
}

/** A piece of a ticker's text, which may be wider than any bitmap. */
export interface TickerSpec {
  readonly kind: 'ticker';
  readonly ticker: TickerText;
  /** 0, 1, ...: from left to right. */
  readonly piece: number;
}

export interface LowerThirdSpec {
  readonly kind: 'lower-third';
  readonly title: string;
  readonly subtitle: string;
  readonly look: Look;
  /** Of the title's line. */
  readonly height: number;
  readonly maxWidth: number;
}

/** Figures of a clock or countdown, with an optional title above. */
export interface TimeSpec {
  readonly kind: 'time';
  readonly title: string;
  readonly time: string;
  readonly look: Look;
  readonly height: number;
  readonly maxWidth: number;
}

export interface QrCodeSpec {
  readonly kind: 'qr-code';
  readonly url: string;
  readonly caption: string;
  readonly look: Look;
  readonly size: number;
}

/** The part `from` of an uploaded image as it looks in `to`, whose corner is less than a pixel from the sprite's. */
export interface ImageSpec {
  readonly kind: 'image';
  readonly asset: AssetId;
  readonly from: Rect;
  readonly to: Rect;
}

/** What is drawn with letters. */
export type LetteredSpec =
  | AvatarSpec
  | NameTagSpec
  | BannerSpec
  | TickerSpec
  | LowerThirdSpec
  | TimeSpec
  | QrCodeSpec;

/** Something rasterised once and drawn until its spec changes. */
export type SpriteSpec = LetteredSpec | ImageSpec;
