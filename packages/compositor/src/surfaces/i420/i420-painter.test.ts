import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DrawItem, StripItem } from '../../draw-item.ts';
import { pieceStart, pieceWidth, stripPieces } from '../../sprites/ticker-pieces.ts';
import { colourOf } from './colours.ts';
import { fakeFrame, picture, pixelsOf, SOURCES, startPainter, TICKER } from './testing/fakes.ts';
import { fuzzPainting } from './testing/fuzz-painting.ts';

const SIZE = { width: 64, height: 36 };
const BITMAP = { width: 21, height: 13, alpha: 200 };
const [ONE, TWO] = SOURCES;

test('whatever is drawn, nothing is written beside its place, and everything is given back', async () => {
  await fuzzPainting(150, SIZE);
});

test('a source drawn three times is copied once', async () => {
  const { painter } = await startPainter(SIZE);
  const frame = fakeFrame({ format: 'I420', size: { width: 32, height: 18 } });
  const other = fakeFrame({ format: 'NV12', size: { width: 32, height: 18 } });
  const one = picture({ x: 0, y: 0, width: 32, height: 18 });
  const inLayer: DrawItem = { kind: 'layer', items: [one], opacity: 0.5, x: 0, y: 0, clip: null };
  const two = picture({ x: 32, y: 18, width: 32, height: 18 }, { source: TWO });
  const shown = new Map([
    [ONE, frame],
    [TWO, other],
  ]);
  await painter.paint([one, two, one, inLayer], pixelsOf(shown, BITMAP));
  expect([frame.copies, other.copies]).toEqual([1, 1]);
});

test.each([
  ['bt709', false, 0],
  ['smpte170m', false, 1],
  [null, null, 1],
  ['bt709', true, 1],
  ['smpte170m', true, 1],
] as const)('colours of %s, full range %s, come out as limited BT.709', async (matrix, fullRange, most) => {
  const weights = matrix === 'bt709' ? ([0.2126, 0.0722] as const) : ([0.299, 0.114] as const);
  const colours = ['#ffffff', '#000000', '#808080', '#ff0000', '#00ff00', '#0000ff', '#12ab9f', '#b08d2f'];
  const { painter, read } = await startPainter(SIZE);
  for (const hex of colours) {
    const given = encoded(hex, weights, fullRange === true);
    const frame = fakeFrame({
      format: 'I420',
      size: { width: 20, height: 20 },
      colours: { matrix, fullRange },
      sample: (plane) => given[plane] ?? 0,
    });
    await painter.paint([picture({ x: 0, y: 0, ...SIZE })], pixelsOf(new Map([[ONE, frame]]), BITMAP));
    const { y, u, v } = colourOf(hex);
    for (const x of [0, 3, 30, 31]) {
      expect(Math.abs(read('y', 2 * x, 20) - y), `luma of ${hex}`).toBeLessThanOrEqual(most);
      expect(Math.abs(read('u', x, 10) - u), `U of ${hex}`).toBeLessThanOrEqual(most);
      expect(Math.abs(read('v', x, 10) - v), `V of ${hex}`).toBeLessThanOrEqual(most);
    }
  }
});

/** A colour in a matrix with these weights of red and blue, rounded to bytes. */
function encoded(hex: string, [red, blue]: readonly [number, number], full: boolean): number[] {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((from) => Number.parseInt(hex.slice(from, from + 2), 16) / 255);
  const luma = red * r + (1 - red - blue) * g + blue * b;
  const [cb, cr] = [(b - luma) / (2 * (1 - blue)), (r - luma) / (2 * (1 - red))];
  const [base, scale, chroma] = full ? [0, 255, 255] : [16, 219, 224];
  return [base + scale * luma, 128 + chroma * cb, 128 + chroma * cr].map((value) =>
    Math.min(255, Math.max(0, Math.round(value))),
  );
}

test('what is outside rounded corners stays as it was', async () => {
  const { painter, read } = await startPainter(SIZE);
  const frame = fakeFrame({ format: 'I420', size: SIZE, sample: () => 200 });
  const box = { x: 4, y: 4, width: 40, height: 28 };
  const items: DrawItem[] = [{ kind: 'fill', colour: '#000000' }, picture(box, { radius: 14 })];
  await painter.paint(items, pixelsOf(new Map([[ONE, frame]]), BITMAP));
  expect([read('y', 4, 4), read('y', 43, 4), read('y', 4, 31), read('y', 43, 31)]).toEqual([16, 16, 16, 16]);
  expect([read('y', 24, 4), read('y', 4, 18), read('y', 43, 18), read('y', 24, 31)]).toEqual([
    200, 200, 200, 200,
  ]);
  expect([read('u', 2, 2), read('v', 21, 15)]).toEqual([128, 128]);
});

test('a turned and mirrored frame stands upright', async () => {
  // Bright in the upper left quarter of what the camera delivers.
  const sample = (plane: number, x: number, y: number): number =>
    plane === 0 ? (x < 16 && y < 9 ? 235 : 16) : 128;
  const where = async (rotation: number, flip: boolean): Promise<string> => {
    const { painter, read } = await startPainter(SIZE);
    const frame = fakeFrame({ format: 'I420', size: { width: 32, height: 18 }, rotation, flip, sample });
    await painter.paint(
      [picture({ x: 0, y: 0, ...SIZE }, { fit: 'contain' })],
      pixelsOf(new Map([[ONE, frame]]), BITMAP),
    );
    const [left, right] = [28, 36];
    return [
      [left, 6],
      [right, 6],
      [left, 30],
      [right, 30],
    ]
      .map(([x = 0, y = 0]) => (read('y', x, y) > 120 ? '#' : '.'))
      .join('');
  };
  expect(await where(0, false)).toBe('#...');
  expect(await where(90, false)).toBe('.#..');
  expect(await where(180, false)).toBe('...#');
  expect(await where(270, false)).toBe('..#.');
  expect(await where(0, true)).toBe('.#..');
  expect(await where(90, true)).toBe('#...');
});

test('a source that changes size and format in every frame needs no more memory than its largest', async () => {
  const { painter, memory, guarded } = await startPainter(SIZE);
  const paint = async (n: number): Promise<void> => {
    const size = { width: 1 + ((n * 37) % 400), height: 1 + ((n * 53) % 300) };
    const format = (['I420', 'NV12', 'BGRA', null] as const)[n % 4] ?? null;
    const shown = new Map([[ONE, fakeFrame({ format, size, rotation: 90 * (n % 3) })]]);
    await painter.paint([picture({ x: 0, y: 0, ...SIZE })], pixelsOf(shown, BITMAP));
    painter.forgetUnused();
  };
  for (let n = 0; n < 200; n += 1) await paint(n);
  const [bytes, taken] = [memory.buffer.byteLength, guarded.taken];
  for (let n = 0; n < 200; n += 1) await paint(n);
  expect(memory.buffer.byteLength).toBe(bytes);
  expect(guarded.taken).toBe(taken);
});

test('a frame of 8K is scaled by the browser, one of a single pixel is copied', async () => {
  const { painter, drawn, memory } = await startPainter(SIZE);
  const huge = fakeFrame({ format: 'I420', size: { width: 7680, height: 4320 } });
  const tiny = fakeFrame({ format: 'I420', size: { width: 1, height: 1 }, sample: () => 77 });
  const items = [
    picture({ x: 0, y: 0, ...SIZE }),
    picture({ x: 0, y: 0, width: 20, height: 20 }, { source: TWO }),
  ];
  const shown = new Map([
    [ONE, huge],
    [TWO, tiny],
  ]);
  await painter.paint(items, pixelsOf(shown, BITMAP));
  expect(drawn).toEqual([huge]);
  expect([huge.copies, tiny.copies]).toEqual([0, 1]);
  expect(memory.buffer.byteLength).toBeLessThan(4_000_000);
});

test.each([3001, 4000, 4123.4])(
  'a text in pieces looks as if it was whole, %d pixels on its way',
  async (travel) => {
    const [width, height, alpha] = [6001, 13, 200];
    const strip: StripItem = {
      kind: 'strip',
      ticker: TICKER,
      slot: 'news',
      box: { x: 0, y: 10, width: 3000, height },
      travel,
      towards: 'left',
    };
    const nothing = new Map<never, never>();
    const size = { width: 3000, height: 36 };
    const cut = await startPainter(size);
    await cut.painter.paint([{ kind: 'fill', colour: '#204060' }, strip], {
      ...pixelsOf(nothing, BITMAP),
      tickerWidth: () => width,
      sprite(spec) {
        const piece = spec.kind === 'ticker' ? spec.piece : Number.NaN;
        return { width: pieceWidth(piece, width), height, alpha, left: pieceStart(piece) };
      },
    });
    expect(stripPieces(strip, width).length).toBeGreaterThan(1);
    const whole = await startPainter(size);
    const x = Math.round(3000 - travel);
    await whole.painter.paint(
      [
        { kind: 'fill', colour: '#204060' },
        {
          ...{ kind: 'sprite', sprite: { kind: 'ticker', ticker: TICKER, piece: 0 }, anchor: 'left' },
          ...{ slot: 'news', x, y: 10 + height, opacity: 1, reveal: 1, shift: 0 },
        },
      ],
      pixelsOf(nothing, { width, height, alpha }),
    );
    expect(cut.bytes()).toEqual(whole.bytes());
  },
);

test('a frame of the size of its box is copied to its place, and looks as one that is copied to be scaled', async () => {
  const even = (most: number) => fc.integer({ min: 1, max: most }).map((n) => 2 * n);
  await fc.assert(
    fc.asyncProperty(
      fc.record({ x: even(10), y: even(6), width: even(30), height: even(16) }),
      fc.record({
        at: fc.record({ x: fc.integer({ min: 0, max: 5 }), y: fc.integer({ min: 0, max: 5 }) }),
        format: fc.constantFrom('I420' as const, 'NV12' as const),
        rotation: fc.constantFrom(0, 180),
        matrix: fc.constantFrom('bt709', 'smpte170m'),
      }),
      fc.record({
        radius: fc.integer({ min: 0, max: 20 }),
        border: fc.option(fc.constant({ width: 2, colour: '#ffd08a' })),
        fit: fc.constantFrom('cover' as const, 'contain' as const),
      }),
      async (box, { at, format, rotation, matrix }, change) => {
        const colours = { matrix, fullRange: false };
        const { width, height } = box;
        const sample = (plane: number, x: number, y: number) => 30 + ((plane * 57 + x * 3 + y * 5) % 180);
        const paint = async (...more: readonly DrawItem[]): Promise<Uint8Array> => {
          const { painter, bytes } = await startPainter(SIZE);
          const frame = fakeFrame({ format, size: { width, height }, at, rotation, colours, sample });
          await painter.paint(
            [{ kind: 'fill', colour: '#204060' }, picture(box, change), ...more],
            pixelsOf(new Map([[ONE, frame]]), BITMAP),
          );
          return bytes();
        };
        // What is drawn twice is kept in a room of its own first.
        const unseen = picture({ ...box, x: 2 * SIZE.width });
        expect(await paint()).toEqual(await paint(unseen));
      },
    ),
    { numRuns: 60 },
  );
});

test('a frame that cannot be read makes the painting fail, and the next one goes on', async () => {
  const { painter, guarded } = await startPainter(SIZE);
  const broken = fakeFrame({ format: 'I420', size: { width: 8, height: 8 } });
  broken.close();
  const items = [picture({ x: 0, y: 0, ...SIZE })];
  await expect(painter.paint(items, pixelsOf(new Map([[ONE, broken]]), BITMAP))).rejects.toThrow('closed');
  const good = fakeFrame({ format: 'I420', size: { width: 8, height: 8 } });
  await painter.paint(items, pixelsOf(new Map([[ONE, good]]), BITMAP));
  guarded.check();
});

test('memory has an end, and reaching it is an error in words', async () => {
  const { painter } = await startPainter(SIZE, 6);
  const frame = fakeFrame({ format: 'I420', size: { width: 1280, height: 720 } });
  const painting = painter.paint(
    [picture({ x: 0, y: 0, ...SIZE })],
    pixelsOf(new Map([[ONE, frame]]), BITMAP),
  );
  await expect(painting).rejects.toThrow('more memory than the surface may have');
});
