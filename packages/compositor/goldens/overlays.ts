import { type Overlay, overlaySchema } from '@streamus/studio';
import { LOGO, personNo } from './scene.ts';

export function overlayNo(n: number, fields: Record<string, unknown>): Overlay {
  return overlaySchema.parse({ id: personNo(100 + n), ...fields });
}

/** Each kind of overlay and its looks. */
export const OVERLAYS = {
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

const NEWS = 'Doors open at seven · Next show on Friday · Ägypten, 東京, Zürich · ';

/** Scripts and lengths that are hard to set. */
export const HARD_OVERLAYS = {
  'banner-rtl': overlayNo(20, { kind: 'banner', text: 'الليلة: كيف تغني الجسور في الريح', style: 'solid' }),
  'banner-hebrew': overlayNo(21, { kind: 'banner', text: 'הערב: גשרים ששרים ברוח, חלק 2', style: 'outline' }),
  'banner-cjk': overlayNo(22, {
    kind: 'banner',
    text: '今夜の番組：風の中で歌う橋、そして世界でいちばん長い吊り橋をつくった人たちの話をお届けします。最後までごゆっくりお楽しみください',
    style: 'glass',
  }),
  'banner-emoji': overlayNo(23, {
    kind: 'banner',
    text: 'We are live 🔴🎉 안녕하세요 👩🏽‍🚀',
    style: 'solid',
  }),
  'lower-third-cjk': overlayNo(24, {
    kind: 'lower-third',
    title: '王小明',
    subtitle: '工程師・臺灣',
    animation: 'none',
  }),
  'lower-third-long': overlayNo(25, {
    kind: 'lower-third',
    title: 'Hubert Blaine Wolfeschlegelsteinhausenbergerdorff senior',
    subtitle:
      'Typesetter in Philadelphia, known for a name that no printed line of his time was wide enough for',
    animation: 'none',
  }),
  'ticker-rtl': overlayNo(26, {
    kind: 'ticker',
    text: 'تفتح الأبواب في السابعة · العرض القادم يوم الجمعة',
    speed: 'fast',
  }),
  'ticker-cjk': overlayNo(27, { kind: 'ticker', text: '開場は七時・次の放送は金曜日 🎬', speed: 'fast' }),
  /** Wider than three textures of the smallest cards. */
  'ticker-long': overlayNo(28, { kind: 'ticker', text: NEWS.repeat(14), speed: 'fast' }),
  /** The longest that can be read in a programme of this size. */
  'qr-code-long': overlayNo(29, {
    kind: 'qr-code',
    url: 'https://example.org/join?'.padEnd(152, 'show-'),
    corner: 'bottom-left',
    caption: 'Ask a question',
  }),
} as const;
