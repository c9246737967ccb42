import type { Page } from '@playwright/test';
import { enterAsPlainGuest } from '@streamus/testkit/plain-guest';
import { makeClip } from '@streamus/testkit/publisher';
import { hostWithConnections, receivedTracks } from '../support/connections.ts';
import { cardOf, copyGuestLink, joinAsGuest, productUrl, sendAway } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const CLIP = { width: 320, height: 180, fps: 5, seconds: 2, kbps: 150, codec: 'vp8' } as const;
/** Each brings two tracks: as many lines as the page puts up with. */
const GUESTS = 12;

test('once many have come and gone, nothing of them is left in the page, and the next one is seen as the first was', async ({
  browser,
}) => {
  const host = await hostWithConnections(browser);
  const { page } = host;
  const link = await copyGuestLink(host);
  const clip = await makeClip(CLIP);
  const before = await receivedTracks(page);
  for (let guest = 1; guest <= GUESTS; guest += 1) {
    const plain = await enterAsPlainGuest(productUrl(), link, `Guest ${guest}`);
    await plain.publish(clip).started;
    await expect.poll(() => receivedTracks(page)).toBeGreaterThanOrEqual(before + 2 * guest);
    await sendAway(host, plain);
  }
  await expect.poll(() => receivedTracks(page)).toBe(before);

  const guest = await joinAsGuest(browser, link, 'Gina', { colour: '#b2472f' });
  await cardOf(page, 'Gina').getByRole('button', { name: 'Put on stage: Gina' }).click();
  await expect(guest.getByText('You are on stage')).toBeVisible();
  const pictures = (of: Page, name: string): Promise<number> =>
    cardOf(of, name)
      .locator('video')
      .evaluate((video) =>
        video instanceof HTMLVideoElement ? video.getVideoPlaybackQuality().totalVideoFrames : 0,
      );
  await expect.poll(() => pictures(page, 'Gina')).toBeGreaterThan(10);
  await expect(page.getByText(/connection/i)).toHaveCount(0);
});
