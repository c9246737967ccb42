import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { NO_PARAMETER_SETS, parseSps, parseVideoSignal, splitAvcc } from '@streamus/media-formats';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { makeSlate, PLAIN_LOOK, type Slate, type SlateLook } from './slate.ts';
import { BT709, coloursOf } from './slate-colours.ts';
import { SlateSource } from './slate-source.ts';

const run = promisify(execFile);
const FORMAT = { width: 640, height: 360, fps: 10 };

let folder: string;
let branded: SlateLook;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'streamus-slate-'));
  branded = {
    backgroundColour: '#204060',
    backgroundFile: join(folder, 'background.png'),
    logoFile: join(folder, 'logo.png'),
  };
  const draw = (colour: string, size: string, file: string) =>
    run('ffmpeg', [
      ...['-v', 'error', '-f', 'lavfi', '-i', `color=c=${colour}:s=${size}`],
      ...['-vf', 'format=rgba', '-frames:v', '1', file],
    ]);
  await draw('0xc00000', '1000x1000', branded.backgroundFile ?? '');
  await draw('0x00ff00', '400x100', branded.logoFile ?? '');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const START = Uint8Array.of(0, 0, 0, 1);

/** All pictures as RGB. */
async function decode({ sets, pictures }: Slate): Promise<Buffer> {
  const nals = [...sets.sps, ...sets.pps, ...pictures.flatMap(({ unit }) => splitAvcc(unit) ?? [])];
  const child = spawn(
    'ffmpeg',
    ['-v', 'error', '-f', 'h264', '-i', 'pipe:0', '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  child.stdin.end(Buffer.concat(nals.flatMap((nal) => [START, nal])));
  return buffer(child.stdout);
}

const pixel = (rgb: Buffer, x: number, y: number): number[] => [
  ...rgb.subarray((y * FORMAT.width + x) * 3, (y * FORMAT.width + x) * 3 + 3),
];

function expectColour(actual: readonly number[], expected: readonly number[]): void {
  actual.forEach((value, index) => {
    expect(Math.abs(value - (expected[index] ?? 0))).toBeLessThanOrEqual(12);
  });
}

test('the slate shows the studio’s background, dimmed, its logo and the pause sign, for two seconds', async () => {
  const slate = await makeSlate({ format: FORMAT, setId: 1, look: branded, colours: BT709 });
  expect(slate.pictures).toHaveLength(20);
  const [sps] = slate.sets.sps;
  expect(sps && parseSps(sps)).toMatchObject({ id: 1, width: 640, height: 360, maxRefFrames: 1 });
  const rgb = await decode(slate);
  expect(rgb.length).toBe(20 * 640 * 360 * 3);
  for (const frame of [rgb, rgb.subarray(19 * 640 * 360 * 3)]) {
    expectColour(pixel(frame, 10, 10), [125, 0, 0]);
    expectColour(pixel(frame, 320, 86), [0, 255, 0]);
    expectColour(pixel(frame, 305, 180), [138, 147, 166]);
  }
});

test('without files it has the studio’s colour', async () => {
  const look = { ...branded, backgroundFile: null, logoFile: null };
  const rgb = await decode(await makeSlate({ format: FORMAT, setId: 1, look, colours: BT709 }));
  expectColour(pixel(rgb, 10, 10), [0x20, 0x40, 0x60]);
});

test('its colours are tagged and drawn like the programme’s', async () => {
  const colours = { fullRange: true, primaries: 'bt470bg', transfer: 'smpte170m', matrix: 'smpte170m' };
  const look = { ...PLAIN_LOOK, backgroundColour: '#204060' };
  const slate = await makeSlate({ format: FORMAT, setId: 3, look, colours });
  expect(slate.sets.sps.map(parseVideoSignal)).toEqual([
    { fullRange: true, primaries: 5, transfer: 6, matrix: 6 },
  ]);
  expect(coloursOf(slate.sets)).toEqual(colours);
  expectColour(pixel(await decode(slate), 10, 10), [0x20, 0x40, 0x60]);
  expect(coloursOf(NO_PARAMETER_SETS)).toEqual(BT709);
});

test('a broken file costs the brand, not the slate', async () => {
  const logoFile = join(folder, 'broken.png');
  await writeFile(logoFile, 'not a picture');
  for (const look of [
    { ...branded, logoFile },
    { ...branded, backgroundFile: join(folder, 'missing.png') },
    { ...branded, backgroundColour: 'red;' },
  ]) {
    const said: string[] = [];
    const source = new SlateSource(
      look,
      () => undefined,
      (message) => said.push(message),
    );
    source.prepare(FORMAT, NO_PARAMETER_SETS, false);
    await vi.waitFor(() => expect(source.current?.pictures).toHaveLength(20), { timeout: 10_000 });
    source.close();
    expect(said).toEqual(['slate cannot be made']);
  }
});

const OTHER = { fullRange: false, primaries: 'smpte170m', transfer: 'smpte170m', matrix: 'smpte170m' };

const setIds = (source: SlateSource) => source.current?.sets.sps.map((sps) => parseSps(sps)?.id);

test('a show begins with a slate in the programme’s colours: one made before its programme came is forgotten', async () => {
  const { sets } = await makeSlate({ format: FORMAT, setId: 0, look: PLAIN_LOOK, colours: OTHER });
  const ready = vi.fn();
  const source = new SlateSource(PLAIN_LOOK, ready, () => undefined);
  source.prepare(FORMAT, NO_PARAMETER_SETS, false);
  await vi.waitFor(() => expect(ready).toHaveBeenCalledTimes(1), { timeout: 10_000 });
  source.prepare(FORMAT, sets, false);
  expect(source.current).toBeUndefined();
  await vi.waitFor(() => expect(ready).toHaveBeenCalledTimes(2), { timeout: 10_000 });
  expect(source.current && coloursOf(source.current.sets)).toEqual(OTHER);
  expect(setIds(source)).toEqual([1]);
  source.close();
});

test('a slate that changes on air gets a set id of its own, so pictures with the one before can still be joined', async () => {
  const { sets } = await makeSlate({ format: FORMAT, setId: 0, look: PLAIN_LOOK, colours: OTHER });
  const ready = vi.fn();
  const source = new SlateSource(PLAIN_LOOK, ready, () => undefined);
  source.prepare(FORMAT, NO_PARAMETER_SETS, false);
  await vi.waitFor(() => expect(ready).toHaveBeenCalledTimes(1), { timeout: 10_000 });
  source.prepare(FORMAT, sets, true);
  expect(setIds(source)).toEqual([1]);
  await vi.waitFor(() => expect(setIds(source)).toEqual([2]), { timeout: 10_000 });
  source.prepare(FORMAT, sets, true);
  expect(setIds(source)).toEqual([2]);
  source.close();
});
