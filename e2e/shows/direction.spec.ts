import { type Scene, sceneIdSchema, type Transition } from '@streamus/studio';
import { colourDistance, parseColour } from '@streamus/testkit/clock-pattern';
import { flvFile, type JudgedFrame, readFrames } from '@streamus/testkit/judge-media';
import { startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { goLiveTo } from '../support/go-live.ts';
import { COLOUR_TOLERANCE, firstPublication, lastVideoMs, untilMs } from '../support/judge-show.ts';
import { command, type Host, hostInStudio, SMALL_PROGRAMME } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const RED = '#b02020';
const BLUE = '#2040b0';
const GREEN = '#208030';
const LEFT = { x: 0, y: 0, width: 160, height: 360 };
const RIGHT = { x: 480, y: 0, width: 160, height: 360 };
/** Long enough for a dozen frames at 15 fps. */
const WIPE: Transition = { kind: 'wipe', direction: 'right', durationMs: 1200, easing: 'linear' };
const FADE: Transition = { kind: 'fade', direction: 'left', durationMs: 1000, easing: 'linear' };

const second = sceneIdSchema.parse('00000000-0000-4000-8000-0000000000b2');
const third = sceneIdSchema.parse('00000000-0000-4000-8000-0000000000b3');

/** An empty scene of one colour. */
async function addScene(host: Host, id: Scene['id'], name: string, colour: string): Promise<void> {
  await command(host, { type: 'add-scene', id, name, layout: 'grid' });
  await command(host, { type: 'set-cast', cast: [], scene: id });
  await command(host, { type: 'set-scene-background', background: { kind: 'colour', colour }, scene: id });
}

const shows = (frame: JudgedFrame, box: number, colour: string): boolean => {
  const seen = frame.boxes[box]?.colour;
  return seen !== undefined && colourDistance(seen, parseColour(colour)) <= COLOUR_TOLERANCE;
};

test('scenes come to air by their transitions, in order; what is edited in preview mode does not before Take', async ({
  browser,
}) => {
  const sink = await startRtmpSink();
  try {
    const host = await hostInStudio(browser, {});
    await command(host, { type: 'set-cast', cast: [] });
    await command(host, { type: 'set-scene-background', background: { kind: 'colour', colour: RED } });
    await addScene(host, second, 'Blue', BLUE);
    await addScene(host, third, 'Green', GREEN);
    await goLiveTo(host.page, 'Sink', sink.url);
    const publication = await firstPublication(sink);
    await untilMs(sink, publication, 2_000);

    await command(host, { type: 'set-transition', transition: WIPE });
    await command(host, { type: 'select-scene', scene: second });
    await untilMs(sink, publication, lastVideoMs(publication) + 3_000);

    await command(host, { type: 'set-mode', mode: 'preview' });
    await command(host, { type: 'set-transition', transition: FADE });
    await command(host, { type: 'select-scene', scene: third });
    await command(host, { type: 'delete-scene', scene: second });
    await untilMs(sink, publication, lastVideoMs(publication) + 2_500);
    const takenAt = lastVideoMs(publication) / 1000;
    await command(host, { type: 'take' });
    await untilMs(sink, publication, lastVideoMs(publication) + 3_000);

    const file = await flvFile(publication.tags);
    try {
      judge(await readFrames(file.path, SMALL_PROGRAMME, [LEFT, RIGHT]), takenAt);
    } finally {
      await file.close();
    }
  } finally {
    await sink.close();
  }
});

function judge(frames: readonly JudgedFrame[], takenAt: number): void {
  const firstIn = (box: number, colour: string) => frames.findIndex((frame) => shows(frame, box, colour));
  const [left, right] = [firstIn(0, BLUE), firstIn(1, BLUE)];
  expect(left, 'the wipe begins at the left').toBeGreaterThan(0);
  expect(right - left, 'and takes many frames to the right').toBeGreaterThan(3);
  expect(frames.slice(0, left).every((frame) => shows(frame, 1, RED))).toBe(true);

  const green = firstIn(0, GREEN);
  const untilTake = frames.filter(({ time }, index) => index > right && time < takenAt);
  expect(untilTake.length).toBeGreaterThan(15);
  expect(
    untilTake.filter((frame) => !shows(frame, 1, BLUE)),
    'air stays as it was',
  ).toEqual([]);

  // In between, red of a mix of blue and green goes nowhere, blue falls and never rises by more than the codec's noise.
  const blues = frames
    .slice(0, green + 1)
    .flatMap(({ boxes, time }) => (time >= takenAt ? (boxes[0]?.colour.b ?? []) : []));
  const steps = blues.filter((blue, index) => index > 0 && blue < (blues[index - 1] ?? 0) - 3);
  const backwards = blues.filter((blue, index) => blue > (blues[index - 1] ?? 255) + 12);
  expect(steps.length, `a fade has steps: ${blues.join(' ')}`).toBeGreaterThan(4);
  expect(backwards).toEqual([]);
  expect(frames.slice(-15).every((frame) => shows(frame, 0, GREEN) && shows(frame, 1, GREEN))).toBe(true);
}
