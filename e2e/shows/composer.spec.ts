import { pictureBox } from '@streamus/testkit/clock-pattern';
import { countersOf, flvFile, type JudgedFrame, probe, readFrames } from '@streamus/testkit/judge-media';
import { enterAsPlainGuest } from '@streamus/testkit/plain-guest';
import { makeClip } from '@streamus/testkit/publisher';
import { checkTags, type Publication, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { goLiveTo } from '../support/go-live.ts';
import { expectPerson, firstPublication, lastVideoMs, untilMs } from '../support/judge-show.ts';
import { hideH264 } from '../support/no-h264.ts';
import {
  command,
  copyGuestLink,
  enterStudio,
  hostInStudio,
  newVisitor,
  productUrl,
  registerHost,
  SMALL_PROGRAMME,
} from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const HOST = { colour: '#2f6fb2', beepHz: 1000 };
/** Alone on stage, the host fills the programme. */
const WHOLE = pictureBox({ x: 0, y: 0, ...SMALL_PROGRAMME }, 16 / 9, 'cover');
/** A slate may bridge this much while the programme changes hands. */
const GAP_LIMIT_S = 2;

test.setTimeout(180_000);

test('a browser that cannot encode H.264 goes on air all the same, and the host is told', async ({
  browser,
}) => {
  const sink = await startRtmpSink();
  try {
    const context = await newVisitor(browser, HOST);
    await context.addInitScript(hideH264);
    const host = await registerHost(context);
    const { page } = host;
    await command(host, { type: 'set-programme', programme: SMALL_PROGRAMME });
    await enterStudio(page);
    await goLiveTo(page, 'Sink', sink.url);
    const notice = page.getByText('This browser cannot encode H.264.');
    await expect(notice).toBeVisible();
    await page.getByRole('main').getByRole('button', { name: 'Dismiss' }).click();
    await expect(notice).toBeHidden();
    const publication = await firstPublication(sink);
    await untilMs(sink, publication, lastVideoMs(publication) + 8_000);

    const frames = await judgedFrames(publication);
    const live = frames.slice(frames.findIndex(({ boxes }) => boxes[0]?.counter !== null));
    expect(live.length).toBeGreaterThan(5 * SMALL_PROGRAMME.fps);
    expectPerson(live, 0, HOST.colour);
    expect(sink.publications).toHaveLength(1);
  } finally {
    await sink.close();
  }
});

test('a second tab takes the programme over in mid-show and the destination hardly notices', async ({
  browser,
}) => {
  const sink = await startRtmpSink();
  try {
    const host = await hostInStudio(browser, HOST);
    await goLiveTo(host.page, 'Sink', sink.url);
    const publication = await firstPublication(sink);
    await untilMs(sink, publication, 4_000);
    const second = await host.context.newPage();
    await second.goto(`/studio/${host.studioId}`);
    await second.getByRole('button', { name: 'Enter studio' }).click();
    await expect(second.getByText('composes the programme.')).toBeVisible();
    const takenAt = lastVideoMs(publication) / 1000;
    await second.getByRole('button', { name: 'Compose here' }).click();
    await expect(host.page.getByText('composes the programme.')).toBeVisible();
    await untilMs(sink, publication, (takenAt + 8) * 1000);

    expect(sink.publications, 'the RTMP connection stayed up').toHaveLength(1);
    const frames = await judgedFrames(publication);
    const after = frames.filter(({ time }) => time > takenAt - 2);
    expect(longestGap(after), 'without the host’s picture, s').toBeLessThanOrEqual(GAP_LIMIT_S);
    expectPerson(
      after.filter(({ boxes }) => boxes[0]?.counter !== null),
      0,
      HOST.colour,
    );
  } finally {
    await sink.close();
  }
});

test('a guest who calls their tracks by the programme’s names does not get into the programme', async ({
  browser,
}) => {
  const sink = await startRtmpSink();
  const host = await hostInStudio(browser, HOST);
  const guest = await enterAsPlainGuest(productUrl(), await copyGuestLink(host), 'Mallory');
  try {
    const clip = await makeClip({ ...SMALL_PROGRAMME, seconds: 4, kbps: 300, colour: '#00a000' });
    const names = { videoName: 'program-video', audioName: 'program-audio' };
    await guest.publish(clip, names).started;
    await goLiveTo(host.page, 'Sink', sink.url);
    const publication = await firstPublication(sink);
    await untilMs(sink, publication, lastVideoMs(publication) + 4_000);
    // Newest in the room, if the names counted for anything.
    const again = await enterAsPlainGuest(productUrl(), await copyGuestLink(host), 'Mallory again');
    try {
      await again.publish(clip, names).started;
      await untilMs(sink, publication, lastVideoMs(publication) + 4_000);
    } finally {
      await again.leave();
    }
    const frames = await judgedFrames(publication);
    expectPerson(frames.slice(SMALL_PROGRAMME.fps), 0, HOST.colour);
    expect(longestGap(frames)).toBeLessThanOrEqual(GAP_LIMIT_S);
  } finally {
    await guest.leave();
    await sink.close();
  }
});

/** What the sink got, decoded: H.264 and AAC without a fault, and the host's clock in every frame. */
async function judgedFrames(publication: Publication): Promise<JudgedFrame[]> {
  expect(checkTags(publication.tags).problems).toEqual([]);
  const file = await flvFile(publication.tags);
  try {
    const { streams } = await probe(file.path);
    expect(streams.map(({ codec }) => codec).sort()).toEqual(['aac', 'h264']);
    return await readFrames(file.path, SMALL_PROGRAMME, [WHOLE]);
  } finally {
    await file.close();
  }
}

/** Longest time from one frame with a new counter to the next, seconds. */
function longestGap(frames: readonly JudgedFrame[]): number {
  const counters = countersOf(frames, 0);
  const fresh = counters.filter(({ counter }, index) => counter > (counters[index - 1]?.counter ?? -1));
  const gaps = fresh.map(({ time }, index) => time - (fresh[index - 1]?.time ?? time));
  return Math.max(0, ...gaps);
}
