import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beepOnsets, flashBeepOffsets, flashOnsets, median } from './flash-and-beep.ts';
import { type Area, cellsOf, drawnAtMs, PATTERN, unwrapCounter } from './pattern.ts';
import {
  colourDistance,
  type Picture,
  type PixelBox,
  parseColour,
  pictureBox,
  readClock,
} from './read-clock.ts';

/** Draws the pattern as the browser's camera does, the whole picture at `at`, on a canvas of another colour. */
function draw(
  counter: number,
  options: { colour: string; flash: boolean; at: PixelBox; width: number; height: number },
) {
  const { at, width, height } = options;
  const data = new Uint8Array(width * height * 3).fill(30);
  const fill = (area: Area, { r, g, b }: { r: number; g: number; b: number }) => {
    for (
      let y = Math.max(0, Math.round(at.y + area.y * at.height));
      y < Math.min(height, Math.round(at.y + (area.y + area.height) * at.height));
      y += 1
    ) {
      for (
        let x = Math.max(0, Math.round(at.x + area.x * at.width));
        x < Math.min(width, Math.round(at.x + (area.x + area.width) * at.width));
        x += 1
      ) {
        data.set([r, g, b], (y * width + x) * 3);
      }
    }
  };
  const level = (white: boolean) => parseColour(white ? '#ffffff' : '#000000');
  fill({ x: 0, y: 0, width: 1, height: 1 }, parseColour(options.colour));
  fill(PATTERN.flash, level(options.flash));
  cellsOf(counter).forEach((white, index) => {
    const { x, y, width: w, height: h } = PATTERN.cells;
    fill(
      {
        x: x + ((index % PATTERN.columns) * w) / PATTERN.columns,
        y: y + (Math.floor(index / PATTERN.columns) * h) / PATTERN.rows,
        width: w / PATTERN.columns,
        height: h / PATTERN.rows,
      },
      level(white),
    );
  });
  return { data, width, height, channels: 3 } satisfies Picture;
}

/** What a lossy codec does, and worse: blur, noise, less contrast. */
function damage(picture: Picture, noise: number): Picture {
  let seed = 7;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648 - 0.5;
  };
  const data = picture.data.map((byte, index) => {
    const neighbour = picture.data[index + 3] ?? byte;
    return Math.max(0, Math.min(255, 25 + 0.75 * ((byte + neighbour) / 2) + noise * random()));
  });
  return { ...picture, data };
}

const tile = { x: 100, y: 60, width: 150, height: 84 };

describe('clock pattern', () => {
  test('any counter, colour and flash is read back from a damaged tile of 150 × 84', () => {
    fc.assert(
      fc.property(
        fc.nat(0xffff),
        fc.constantFrom('#2f6fb2', '#b2472f', '#3c8f4a'),
        fc.boolean(),
        (counter, colour, flash) => {
          const picture = damage(draw(counter, { colour, flash, at: tile, width: 320, height: 180 }), 60);
          const reading = readClock(picture, tile);
          expect(reading.counter).toBe(counter);
          expect(reading.flash).toBe(flash);
          expect(colourDistance(reading.colour, parseColour(colour))).toBeLessThan(60);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('is read where a tile cuts off the sides of the picture', () => {
    const box = { x: 10, y: 6, width: 150, height: 168 };
    const at = pictureBox(box, 16 / 9, 'cover');
    expect(at.width).toBeGreaterThan(box.width);
    const picture = draw(4711, { colour: '#2f6fb2', flash: true, at, width: 320, height: 180 });
    expect(readClock(picture, at)).toMatchObject({ counter: 4711, flash: true });
    expect(pictureBox(box, 16 / 9, 'contain')).toMatchObject({ width: 150, height: 84.375 });
  });

  test('reads gray pictures too', () => {
    const rgb = draw(99, { colour: '#808080', flash: false, at: tile, width: 320, height: 180 });
    const gray: Picture = { ...rgb, channels: 1, data: rgb.data.filter((_, index) => index % 3 === 0) };
    expect(readClock(gray, tile).counter).toBe(99);
  });

  test('no pattern and a wrong cell give no counter', () => {
    const picture = draw(1234, { colour: '#2f6fb2', flash: false, at: tile, width: 320, height: 180 });
    expect(readClock({ ...picture, data: picture.data.map(() => 120) }, tile).counter).toBeNull();
    expect(readClock(picture, { ...tile, x: 0 }).counter).toBeNull();
    for (let cell = 0; cell < 25; cell += 1) {
      const cells = cellsOf(1234);
      cells[cell] = !cells[cell];
      const other = [...Array(3)].some((_, n) =>
        cellsOf(1233 + n).every((value, index) => value === cells[index]),
      );
      expect(other).toBe(false);
    }
  });

  test('every counter has cells of its own that differ in at least three places', () => {
    const seen = new Set(Array.from({ length: 65_536 }, (_, n) => cellsOf(n).map(Number).join('')));
    expect(seen.size).toBe(65_536);
    fc.assert(
      fc.property(fc.nat(0xffff), fc.nat(0xffff), (a, b) => {
        fc.pre(a !== b);
        const other = cellsOf(b);
        expect(cellsOf(a).filter((cell, index) => cell !== other[index]).length).toBeGreaterThanOrEqual(3);
      }),
    );
  });

  test('a counter that wraps goes on', () => {
    expect(unwrapCounter(65_535, 2)).toBe(65_538);
    expect(unwrapCounter(131_072, 65_535)).toBe(131_071);
  });

  test('a counter tells when its frame was drawn', () => {
    const drawn = 1_795_000_000_000;
    const counter = Math.floor((drawn * 15) / 1000) % 65_536;
    expect(Math.abs(drawnAtMs(counter, 15, drawn + 400_000) - drawn)).toBeLessThan(1000 / 15);
  });
});

describe('flash and beep', () => {
  const rate = 48_000;

  function sound(beeps: readonly number[], hz: number, seconds: number): Float32Array {
    return Float32Array.from({ length: rate * seconds }, (_, index) => {
      const time = index / rate;
      const beeping = beeps.some((start) => time >= start && time < start + 0.1);
      const hum = 0.05 * Math.sin(2 * Math.PI * 200 * time);
      return hum + (beeping ? 0.5 * Math.sin(2 * Math.PI * hz * time) : 0);
    });
  }

  test('beeps are found to 5 ms, of their own pitch only', () => {
    const beeps = [0.5, 1.503, 2.497];
    const found = beepOnsets(sound(beeps, 1000, 3), rate, 1000);
    expect(found).toHaveLength(3);
    found.forEach((time, index) => {
      expect(Math.abs(time - (beeps[index] ?? 0))).toBeLessThan(0.005);
    });
    expect(beepOnsets(sound(beeps, 1000, 3), rate, 2500)).toEqual([]);
    expect(beepOnsets(new Float32Array(rate), rate, 1000)).toEqual([]);
  });

  test('offsets pair each flash with its nearest beep', () => {
    const frames = Array.from({ length: 60 }, (_, index) => ({ time: index / 15, flash: index % 15 < 3 }));
    const flashes = flashOnsets(frames);
    expect(flashes).toEqual([1, 2, 3]);
    expect(flashBeepOffsets(flashes, [1.02, 2.9], 0.4).map((offset) => Math.round(offset * 100))).toEqual([
      2, -10,
    ]);
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });
});
