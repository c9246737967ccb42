import type { Page } from '@playwright/test';
import { enterAsPlainGuest } from '@streamus/testkit/plain-guest';
import { makeClip } from '@streamus/testkit/publisher';
import { hostWithConnections } from '../support/connections.ts';
import { copyGuestLink, productUrl, sendAway } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const CLIP = { width: 320, height: 180, fps: 5, seconds: 2, kbps: 150, codec: 'vp8' } as const;

interface Traffic {
  /** Streams that the connections have sent and keep, whether they send now or not. */
  readonly senders: number;
  /** Pictures encoded so far for the programme, which is the largest of what the page sends. */
  readonly encoded: number;
  /** Rooms name a camera's track TR_VC…, the programme's, which has no source, TR_V and something else. */
  readonly programmesFetched: number;
}

function trafficOf(page: Page): Promise<Traffic> {
  return page.evaluate(async () => {
    const open = window.connections.filter(({ connectionState }) => connectionState !== 'closed');
    const reports = await Promise.all(open.map((connection) => connection.getStats()));
    const stats = reports.flatMap((report) => [...report.values()]);
    const programmes = stats.filter(
      ({ type, kind, trackIdentifier }) =>
        type === 'inbound-rtp' && kind === 'video' && /^TR_V[^CS]/.test(trackIdentifier),
    );
    const sent = stats.filter(({ type, kind }) => type === 'outbound-rtp' && kind === 'video');
    return {
      senders: stats.filter(({ type }) => type === 'outbound-rtp').length,
      encoded: Math.max(
        0,
        ...sent.map(({ frameWidth, framesEncoded }) => (frameWidth === 640 ? framesEncoded : 0)),
      ),
      programmesFetched: programmes.length,
    };
  });
}

test('who composes sends the programme to whoever comes, rests when they have gone, and fetches it never', async ({
  browser,
}) => {
  const host = await hostWithConnections(browser);
  const { page } = host;
  const link = await copyGuestLink(host);
  const clip = await makeClip(CLIP);
  const senders: number[] = [];
  for (const name of ['Ann', 'Ben']) {
    const before = (await trafficOf(page)).encoded;
    const guest = await enterAsPlainGuest(productUrl(), link, name);
    await guest.publish(clip).started;
    await expect
      .poll(async () => (await trafficOf(page)).encoded, { message: `${name} is sent pictures` })
      .toBeGreaterThan(before + 15);
    const during = await trafficOf(page);
    senders.push(during.senders);
    expect(during.programmesFetched).toBe(0);
    await sendAway(host, guest);
    let last = -1;
    await expect
      .poll(
        async () => {
          const { encoded } = await trafficOf(page);
          const rests = encoded === last;
          last = encoded;
          return rests;
        },
        { message: `nothing is encoded after ${name} has gone`, intervals: [500] },
      )
      .toBe(true);
  }
  expect(new Set(senders).size, 'no sender is left behind').toBe(1);
});
