import type { Page } from '@playwright/test';
import { colourDistance, parseColour } from '@streamus/testkit/clock-pattern';
import { flvFile, type JudgedFrame, readFrames } from '@streamus/testkit/judge-media';
import { enterAsPlainGuest } from '@streamus/testkit/plain-guest';
import { makeClip } from '@streamus/testkit/publisher';
import { startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { goLiveTo } from '../support/go-live.ts';
import { COLOUR_TOLERANCE, firstPublication, lastVideoMs, untilMs } from '../support/judge-show.ts';
import { cardOf, copyGuestLink, hostInStudio, productUrl, SMALL_PROGRAMME } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const HOST = { colour: '#2f6fb2' };
const GINA = '#b2472f';
const GREEN = '#123a2f';
const CLIP = { width: 320, height: 180, fps: 5, seconds: 4, kbps: 150, codec: 'vp8' } as const;
/** Below the cells of the first of two side by side, above the name; everybody who is alone covers it too. */
const LEFT = { x: 0, y: 280, width: 100, height: 40 };
const WHOLE = { x: 0, y: 0, width: SMALL_PROGRAMME.width, height: SMALL_PROGRAMME.height };

test.setTimeout(180_000);

const scenes = (page: Page) => page.getByRole('region', { name: 'Scenes' });

async function addScene(page: Page, name: string): Promise<void> {
  await page.keyboard.press('n');
  await page.getByLabel('Name of the scene').fill(name);
  await page.keyboard.press('Enter');
  await scenes(page)
    .getByRole('button', { name: `More for scene ${name}` })
    .click();
  await page.getByRole('menuitem', { name: 'People and background …' }).click();
  await page.getByRole('switch', { name: 'Own people' }).click();
}

test('scenes with people and background of their own, made by hand, come to air by key and by click', async ({
  browser,
}) => {
  const sink = await startRtmpSink();
  const host = await hostInStudio(browser, HOST);
  const { page, username } = host;
  const guest = await enterAsPlainGuest(productUrl(), await copyGuestLink(host), 'Gina');
  try {
    await guest.publish(await makeClip({ ...CLIP, colour: GINA })).started;
    await cardOf(page, 'Gina').getByRole('button', { name: 'Put on stage: Gina' }).click();
    await addScene(page, 'Break');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('switch', { name: username }).click();
    await dialog.getByRole('switch', { name: 'Gina' }).click();
    await dialog.getByRole('switch', { name: 'Own background' }).click();
    await dialog.getByRole('button', { name: `Background ${GREEN}` }).click();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await addScene(page, 'Interview');
    await dialog.getByRole('switch', { name: username }).click();
    await dialog.getByRole('button', { name: 'Done' }).click();

    await goLiveTo(page, 'Sink', sink.url);
    const publication = await firstPublication(sink);
    const onAir = async (name: string, turn: () => Promise<void>) => {
      await turn();
      await expect(page.getByText(`Scene on air: ${name}.`)).toBeAttached();
      await untilMs(sink, publication, lastVideoMs(publication) + 3_000);
    };
    await untilMs(sink, publication, 2_000);
    await onAir('Break', () => page.keyboard.press('Shift+2'));
    await onAir('Interview', () => scenes(page).getByText('Interview', { exact: true }).click());
    await onAir('Scene 1', () => page.keyboard.press('Shift+1'));

    const file = await flvFile(publication.tags);
    try {
      judge(await readFrames(file.path, SMALL_PROGRAMME, [WHOLE, LEFT]));
    } finally {
      await file.close();
    }
  } finally {
    await guest.leave();
    await sink.close();
  }
});

const shows = (frame: JudgedFrame, box: number, colour: string): boolean => {
  const seen = frame.boxes[box]?.colour;
  return seen !== undefined && colourDistance(seen, parseColour(colour)) <= COLOUR_TOLERANCE;
};

/** Both; then the empty break; then Gina alone, everywhere; then both again. */
function judge(frames: readonly JudgedFrame[]): void {
  const after = (start: number, box: number, colour: string) =>
    frames.findIndex((frame, index) => index >= start && shows(frame, box, colour));
  const broke = after(0, 0, GREEN);
  expect(broke, 'the break comes to air').toBeGreaterThan(15);
  expect(
    frames.slice(0, broke).filter((frame) => shows(frame, 1, HOST.colour)).length,
    'the host is there before',
  ).toBeGreaterThan(15);
  const gina = after(broke, 0, GINA);
  expect(gina - broke, 'the break stays for a while').toBeGreaterThan(15);
  const empty = frames.slice(broke, gina).filter((frame) => shows(frame, 0, GREEN) && shows(frame, 1, GREEN));
  expect(empty.length / (gina - broke), 'nobody is in the break').toBeGreaterThan(0.8);
  const both = after(gina, 1, HOST.colour);
  expect(both - gina, 'Gina is alone for a while').toBeGreaterThan(15);
  const alone = frames.slice(gina, both).filter((frame) => shows(frame, 0, GINA) && shows(frame, 1, GINA));
  // But for her flashes, and the way from one scene to the next.
  expect(alone.length / (both - gina), 'Gina fills the picture').toBeGreaterThan(0.6);
  expect(frames.slice(-15).filter((frame) => shows(frame, 1, HOST.colour)).length).toBeGreaterThan(10);
}
