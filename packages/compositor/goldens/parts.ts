import type { Rect } from '@streamus/studio';
import type { DrawItem, Size, SpriteItem } from '../src/draw-item.ts';
import type { SpriteSpec } from '../src/sprites/sprite-spec.ts';
import type { Pixels } from '../src/surfaces/surface.ts';
import type { Part, PartMistake } from './kinds.ts';

/** What a golden picture is looked at for most closely. */
export function partsOf(items: readonly DrawItem[], pixels: Pixels, programme: Size): Part[] {
  return items.flatMap((item): Part[] => {
    const part = partOf(item, pixels);
    return part === null || covers(part, programme) ? [] : [inside(part, programme)];
  });
}

function partOf(item: DrawItem, pixels: Pixels): Part | null {
  switch (item.kind) {
    case 'sprite': {
      const box = spriteBox(item, pixels);
      return box === null ? null : { what: item.sprite.kind, ...box };
    }
    case 'strip':
      return { what: 'ticker', ...item.box };
    case 'picture': {
      if (item.avatar === null || pixels.frame(item.source) !== undefined) return null;
      const sprite = pixels.sprite(item.avatar);
      if (sprite === undefined) return null;
      const { width, height } = sprite;
      const { box } = item;
      const [x, y] = [box.x + (box.width - width) / 2, box.y + (box.height - height) / 2];
      return { what: 'avatar', x, y, width, height };
    }
    default:
      return null;
  }
}

function spriteBox({ sprite, anchor, x, y }: SpriteItem, pixels: Pixels): Rect | null {
  const painted = pixels.sprite(sprite);
  if (painted === undefined) return null;
  const { width, height } = painted;
  const before = { left: 0, centre: width / 2, right: width }[anchor];
  return { x: x - before, y: y - height, width, height };
}

const covers = (rect: Rect, { width, height }: Size): boolean => rect.width >= width && rect.height >= height;

function inside({ what, ...rect }: Part, programme: Size): Part {
  const [x, y] = [Math.max(0, Math.floor(rect.x)), Math.max(0, Math.floor(rect.y))];
  const right = Math.min(programme.width, Math.ceil(rect.x + rect.width));
  const bottom = Math.min(programme.height, Math.ceil(rect.y + rect.height));
  return { what, x, y, width: right - x, height: bottom - y };
}

/** The same items after a mistake with the uppermost part. */
export function mistaken(items: readonly DrawItem[], mistake: PartMistake): readonly DrawItem[] {
  const uppermost = items.filter(({ kind }) => kind === 'sprite' || kind === 'strip').at(-1);
  return items.flatMap((item) => (item === uppermost ? mistakenPart(item, mistake) : [item]));
}

function mistakenPart(item: DrawItem, mistake: PartMistake): DrawItem[] {
  switch (mistake) {
    case 'left out':
      return [];
    case 'one wrong letter':
      return [misspelt(item)];
    case 'two pixels beside its place':
      return [moved(item)];
  }
}

function moved(item: DrawItem): DrawItem {
  switch (item.kind) {
    case 'sprite':
      return { ...item, x: item.x + 2 };
    case 'strip':
      return { ...item, travel: item.travel + 2 };
    default:
      return item;
  }
}

function misspelt(item: DrawItem): DrawItem {
  if (item.kind === 'strip') {
    return { ...item, ticker: { ...item.ticker, text: wrongLetter(item.ticker.text) } };
  }
  return item.kind === 'sprite' ? { ...item, sprite: wrongSpec(item.sprite) } : item;
}

function wrongSpec(spec: SpriteSpec): SpriteSpec {
  switch (spec.kind) {
    case 'name-tag':
    case 'banner':
      return { ...spec, text: wrongLetter(spec.text) };
    case 'lower-third':
      return { ...spec, title: wrongLetter(spec.title) };
    case 'time':
      return { ...spec, time: wrongLetter(spec.time) };
    case 'qr-code':
      return { ...spec, url: wrongLetter(spec.url) };
    default:
      return spec;
  }
}

/** The next figure at the text's end, or another of its own letters in place of its second. */
function wrongLetter(text: string): string {
  const figure = text.match(/\d$/)?.[0];
  if (figure !== undefined) return `${text.slice(0, -1)}${(Number(figure) + 1) % 10}`;
  const letters = [...text];
  const isLetter = (letter: string): boolean => /\p{L}/u.test(letter);
  const second = letters.findIndex((letter, n) => n > 0 && isLetter(letter));
  const other = letters.find((letter) => isLetter(letter) && letter !== letters[second]);
  return letters.map((letter, n) => (n === second ? (other ?? letter) : letter)).join('');
}
