import type { Page } from '@playwright/test';
import { colourDistance, parseColour } from '@streamus/testkit/clock-pattern';
import { flvFile, type JudgedFrame, readFrames } from '@streamus/testkit/judge-media';
import { enterAsPlainGuest, type PlainGuest } from '@streamus/testkit/plain-guest';
import { makeClip } from '@streamus/testkit/publisher';
import { checkTags, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { goLiveTo } from '../support/go-live.ts';
import {
  boxesOf,
  COLOUR_TOLERANCE,
  expectPerson,
  firstPublication,
  lastVideoMs,
  onAirWith,
  studioDocument,
  untilMs,
} from '../support/judge-show.ts';
import { cardOf, copyGuestLink, hostInStudio, productUrl, SMALL_PROGRAMME } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const HOST = { colour: '#2f6fb2', beepHz: 1000 };
/** Further apart from one another and from the host than the tolerance. */
const GUEST_COLOURS = [
  '#b2472f',
  '#00a000',
  '#b0b000',
  '#9000b0',
  '#00b0b0',
  '#603000',
  '#ff80c0',
  '#80ff40',
  '#202020',
] as const;
/** Small enough that one browser decodes nine of them beside its own work. */
const CLIP = { width: 320, height: 180, fps: 5, seconds: 4, kbps: 150, codec: 'vp8' } as const;

test.setTimeout(240_000);

test('ten people on stage, each in their box of the programme; an eleventh is refused with a sentence', async ({
  browser,
}) => {
  const sink = await startRtmpSink();
  const guests: PlainGuest[] = [];
  try {
    const host = await hostInStudio(browser, HOST);
    const link = await copyGuestLink(host);
    for (const [index, colour] of [...GUEST_COLOURS, '#ffffff'].entries()) {
      const guest = await enterAsPlainGuest(productUrl(), link, nameOf(index));
      guests.push(guest);
      await guest.publish(await makeClip({ ...CLIP, colour })).started;
    }
    for (const index of GUEST_COLOURS.keys()) await putOnStage(host.page, nameOf(index));
    await cardOf(host.page, nameOf(9))
      .getByRole('button', { name: `Put on stage: ${nameOf(9)}` })
      .click();
    await expect(host.page.getByText('The stage is full: ten people at most.')).toBeVisible();

    await goLiveTo(host.page, 'Sink', sink.url);
    const publication = await firstPublication(sink);
    await untilMs(sink, publication, lastVideoMs(publication) + 6_000);
    const document = await studioDocument(host);
    const people = document.onAir.stage.map((source) => source.slice('camera:'.length));
    expect(people.slice(1)).toEqual(guests.slice(0, 9).map(({ person }) => person));

    expect(checkTags(publication.tags).problems).toEqual([]);
    const file = await flvFile(publication.tags);
    try {
      const boxes = boxesOf(onAirWith(document, 'grid'), people);
      const frames = (await readFrames(file.path, SMALL_PROGRAMME, boxes)).slice(SMALL_PROGRAMME.fps * 2);
      expectPerson(frames, 0, HOST.colour);
      for (const [index, colour] of GUEST_COLOURS.entries()) expectColour(frames, index + 1, colour);
    } finally {
      await file.close();
    }
  } finally {
    for (const guest of guests) await guest.leave();
    await sink.close();
  }
});

/** No name is part of another. */
const nameOf = (index: number) => `Guest ${String(index + 1).padStart(2, '0')}`;

async function putOnStage(page: Page, name: string): Promise<void> {
  const card = cardOf(page, name);
  await card.getByRole('button', { name: `Put on stage: ${name}`, exact: true }).click();
  await expect(card.getByText('On stage', { exact: true })).toBeVisible();
}

/** The box has this colour but for the flashes of its camera. */
function expectColour(frames: readonly JudgedFrame[], box: number, colour: string): void {
  const wanted = parseColour(colour);
  const right = frames.filter((frame) => {
    const seen = frame.boxes[box];
    return seen !== undefined && colourDistance(seen.colour, wanted) <= COLOUR_TOLERANCE;
  });
  expect(right.length / frames.length, `box ${box} is ${colour}`).toBeGreaterThan(0.6);
}
