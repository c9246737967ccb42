import { type Area, cellsOf, PATTERN } from './pattern.ts';

/** A decoded picture: rows from the top, 1 (gray) or 3 (RGB) bytes a pixel. */
export interface Picture {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

/** Pixels, in a picture. */
export interface PixelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ClockReading {
  /** Modulo 2^16; null when no pattern can be read there. */
  readonly counter: number | null;
  readonly flash: boolean;
  /** Mean colour beside the cells, 0..255; gray pictures give the same value three times. */
  readonly colour: { readonly r: number; readonly g: number; readonly b: number };
}

/** Least difference of the black and the white reference cell, of 255, for cells to be told apart. */
const LEAST_CONTRAST = 50;

/**
 * Where the whole camera picture would lie when it is shown in `box`: inside of it when contained, beyond its edges
 * when it covers the box and is cut.
 * @param aspect width / height of the camera's picture
 */
export function pictureBox(box: PixelBox, aspect: number, fit: 'cover' | 'contain'): PixelBox {
  const wide = aspect > box.width / box.height;
  const byHeight = fit === 'cover' ? wide : !wide;
  const width = byHeight ? box.height * aspect : box.width;
  const height = byHeight ? box.height : box.width / aspect;
  return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height };
}

/** Reads the clock pattern of a camera whose whole picture lies at `at` (see `pictureBox`). */
export function readClock(picture: Picture, at: PixelBox): ClockReading {
  const levels = cellLevels(picture, at);
  const white = levels[0] ?? 0;
  const black = levels[1] ?? 0;
  const middle = (white + black) / 2;
  const readable = white - black >= LEAST_CONTRAST;
  return {
    counter: readable ? counterOf(levels.map((level) => level > middle)) : null,
    flash: readable && luma(meanOf(picture, at, shrink(PATTERN.flash, 0.6))) > middle,
    colour: colourOf(picture, at),
  };
}

function cellLevels(picture: Picture, at: PixelBox): number[] {
  const { columns, rows, cells } = PATTERN;
  return Array.from({ length: columns * rows }, (_, index) => {
    const cell = {
      x: cells.x + ((index % columns) * cells.width) / columns,
      y: cells.y + (Math.floor(index / columns) * cells.height) / rows,
      width: cells.width / columns,
      height: cells.height / rows,
    };
    return luma(meanOf(picture, at, shrink(cell, 0.5)));
  });
}

function counterOf(cells: readonly boolean[]): number | null {
  const bits = cells.slice(2, 2 + PATTERN.counterBits);
  const counter = bits.reduce((value, bit) => value * 2 + (bit ? 1 : 0), 0);
  return cellsOf(counter).every((cell, index) => cell === cells[index]) ? counter : null;
}

interface Mean {
  readonly r: number;
  readonly g: number;
  readonly b: number;
}

function luma({ r, g, b }: Mean): number {
  return 0.299 * r + 0.587 * g + 0.114 * b;
}

function colourOf(picture: Picture, at: PixelBox): Mean {
  const means = PATTERN.colour.map((area) => meanOf(picture, at, area));
  const average = (of: (mean: Mean) => number) =>
    means.reduce((sum, mean) => sum + of(mean), 0) / means.length;
  return { r: average(({ r }) => r), g: average(({ g }) => g), b: average(({ b }) => b) };
}

/** The middle of an area: edges blur into their neighbours. */
function shrink(area: Area, by: number): Area {
  return {
    x: area.x + (area.width * (1 - by)) / 2,
    y: area.y + (area.height * (1 - by)) / 2,
    width: area.width * by,
    height: area.height * by,
  };
}

/** Mean of the pixels of an area that are in the picture; black when none is. */
function meanOf(picture: Picture, at: PixelBox, area: Area): Mean {
  const left = Math.max(0, Math.round(at.x + area.x * at.width));
  const top = Math.max(0, Math.round(at.y + area.y * at.height));
  const right = Math.min(
    picture.width,
    Math.max(left + 1, Math.round(at.x + (area.x + area.width) * at.width)),
  );
  const bottom = Math.min(
    picture.height,
    Math.max(top + 1, Math.round(at.y + (area.y + area.height) * at.height)),
  );
  const sums = [0, 0, 0];
  let count = 0;
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const offset = (y * picture.width + x) * picture.channels;
      for (let channel = 0; channel < 3; channel += 1) {
        const byte = picture.data[offset + (picture.channels === 3 ? channel : 0)] ?? 0;
        sums[channel] = (sums[channel] ?? 0) + byte;
      }
      count += 1;
    }
  }
  const [r = 0, g = 0, b = 0] = sums.map((sum) => (count === 0 ? 0 : sum / count));
  return { r, g, b };
}

/** Distance of two colours, 0..442. */
export function colourDistance(a: Mean, b: Mean): number {
  return Math.hypot(a.r - b.r, a.g - b.g, a.b - b.b);
}

/** A colour given as `#rrggbb`. */
export function parseColour(colour: string): Mean {
  const value = Number.parseInt(colour.slice(1), 16);
  return { r: value >> 16, g: (value >> 8) & 255, b: value & 255 };
}
