import { pictureBox } from '@streamus/testkit/clock-pattern';
import { flvFile, type JudgedFrame, probe, readFrames } from '@streamus/testkit/judge-media';
import { checkTags, type Publication, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { goLiveTo } from './support/go-live.ts';
import { expectPerson, firstPublication, lastVideoMs, untilMs } from './support/judge-show.ts';
import { hideH264 } from './support/no-h264.ts';
import { command, enterStudio, newVisitor, registerHost, SMALL_PROGRAMME } from './support/people.ts';
import { expect, test } from './support/test.ts';

const HOST = { colour: '#2f6fb2', beepHz: 1000 };
/** Alone on stage, the host fills the programme. */
const WHOLE = pictureBox({ x: 0, y: 0, ...SMALL_PROGRAMME }, 16 / 9, 'cover');

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
    await expect(page.getByText('This browser cannot encode H.264.').first()).toBeVisible();
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
