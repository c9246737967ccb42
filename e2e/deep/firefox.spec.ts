import { compositionOnAir } from '@streamus/studio';
import { pictureBox } from '@streamus/testkit/clock-pattern';
import { flvFile, probe, readFrames } from '@streamus/testkit/judge-media';
import { checkTags, type RtmpSink, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { type FirefoxPerson, startFirefox } from '../support/firefox.ts';
import { goLiveTo } from '../support/go-live.ts';
import { CAMERA_FPS, expectDistinct } from '../support/hidden-show.ts';
import {
  boxesOf,
  expectPerson,
  firstPublication,
  lastVideoMs,
  studioDocument,
  untilMs,
} from '../support/judge-show.ts';
import {
  type Account,
  cardOf,
  commandBy,
  copyGuestLink,
  hostInStudio,
  newAccount,
  PASSWORD,
  productUrl,
  SMALL_PROGRAMME,
} from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const HOST = { colour: '#2f6fb2', beepHz: 1000 };
const FOX = { colour: '#b2472f', beepHz: 1400 };
const HIDDEN_SECONDS = 20;
const WHOLE = pictureBox({ x: 0, y: 0, ...SMALL_PROGRAMME }, 16 / 9, 'cover');

test.setTimeout(180_000);

test('a guest in Firefox comes by the link, is put on stage and is seen where the show goes', async ({
  browser,
}) => {
  const sink = await startRtmpSink();
  const fox = await startFirefox(FOX);
  try {
    const host = await hostInStudio(browser, HOST);
    await fox.page.goto(await copyGuestLink(host));
    await fox.fill('Your name', 'Fox');
    await fox.click('button', 'Enter');
    await fox.sees('You are not on air');
    await cardOf(host.page, 'Fox').getByRole('button', { name: 'Put on stage: Fox' }).click();
    await fox.sees('You are on stage');
    await goLiveTo(host.page, 'Sink', sink.url);

    const document = await studioDocument(host);
    const { people } = document;
    const guest = Object.values(people).find(({ name }) => name === 'Fox');
    if (guest === undefined) throw new Error('Fox is not in the document.');
    const others = Object.values(people).filter(({ id }) => id !== guest.id);
    const boxes = boxesOf(
      compositionOnAir(document),
      [...others, guest].map(({ id }) => id),
    );
    const frames = await secondsOf(sink, 6, boxes);
    // The stage is in the order of coming: the guest is the last of two.
    expectPerson(frames, boxes.length - 1, FOX.colour);
  } finally {
    await fox.close();
    await sink.close();
  }
});

test('a host in Firefox composes a programme and goes on air with it, also behind another tab', async () => {
  const sink = await startRtmpSink();
  const fox = await startFirefox({ ...HOST, fps: CAMERA_FPS });
  try {
    const account = await newAccount();
    await commandBy(account, { type: 'set-programme', programme: SMALL_PROGRAMME });
    await goLiveInFirefox(fox, account, sink.url);
    expectPerson(await secondsOf(sink, 8, [WHOLE]), 0, HOST.colour);
    await fox.hide();
    const hidden = await secondsOf(sink, HIDDEN_SECONDS, [WHOLE]);
    expect(await fox.page.evaluate(() => document.hidden)).toBe(true);
    expectPerson(hidden, 0, HOST.colour);
    expectDistinct(hidden, HIDDEN_SECONDS * 1000);
  } finally {
    await fox.close();
    await sink.close();
  }
});

async function goLiveInFirefox(fox: FirefoxPerson, account: Account, url: string): Promise<void> {
  await fox.page.goto(`${productUrl()}/studio/${account.studioId}`);
  await fox.fill('E-mail or username', account.username);
  await fox.fill('Password', PASSWORD);
  await fox.click('button', 'Sign in');
  await fox.click('button', 'Enter studio');
  await fox.click('button', 'Go live');
  await fox.click('switch', 'Watch page');
  await fox.click('button', 'Add RTMP server');
  await fox.fill('Name', 'Sink');
  await fox.fill('Server address', url);
  await fox.fill('Stream key', 'secret-key');
  await fox.click('button', 'Add');
  await fox.page.locator('[role=dialog] ::-p-aria([name="Go live"][role="button"])').click();
}

/** The last seconds the sink got, decoded: H.264 and AAC without a fault. */
async function secondsOf(sink: RtmpSink, seconds: number, boxes: Parameters<typeof readFrames>[2]) {
  const publication = await firstPublication(sink);
  // The first pictures may be the slate's, before the programme's own arrive.
  const from = lastVideoMs(publication) + 4_000;
  await untilMs(sink, publication, from + seconds * 1000);
  expect(checkTags(publication.tags).problems).toEqual([]);
  const file = await flvFile(publication.tags);
  try {
    const { streams } = await probe(file.path);
    expect(streams.map(({ codec }) => codec).sort()).toEqual(['aac', 'h264']);
    const frames = await readFrames(file.path, SMALL_PROGRAMME, boxes);
    return frames.filter(({ time }) => time * 1000 >= from);
  } finally {
    await file.close();
  }
}
