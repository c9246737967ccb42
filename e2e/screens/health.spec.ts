import type { Locator } from '@playwright/test';
import { checkTags, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { expectClean } from '../support/accessibility.ts';
import { addServer, expectOutput } from '../support/go-live.ts';
import { hostInStudio } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

/** The alarm's first note; cameras of these tests beep at other pitches. */
const ALARM_HZ = 880;

test.setTimeout(180_000);

test('a destination that fails is named, heard, retried by one click, and told in the event log', async ({
  browser,
}) => {
  const sink = await startRtmpSink();
  const { page } = await hostInStudio(browser, { colour: '#2f6fb2', beepHz: 1000 });
  try {
    await page.evaluate(countAlarms, ALARM_HZ);
    await page.getByRole('button', { name: 'Go live' }).click();
    const sheet = page.getByRole('dialog', { name: 'Go live' });
    sink.reject({ at: 'publish', code: 'NetStream.Publish.BadName', description: 'Invalid stream key' });
    await addServer(page, 'Church', sink.url, 'wrong-key');
    await expect(sheet.getByText(/This server has room for this stream/)).toBeVisible();
    await sheet.getByRole('button', { name: 'Go live' }).click();

    await test.step('a wrong key is told and mended in mid-show', async () => {
      const told = page.getByRole('alert').filter({ hasText: 'Church: The server rejected the stream' });
      await expect(told).toBeVisible();
      await page.getByRole('button', { name: 'Church: Lost, trying again' }).click();
      await page.getByRole('button', { name: 'Change address or key' }).click();
      const form = page.getByRole('dialog', { name: 'Change Church' });
      await form.getByLabel('Stream key').fill('right-key');
      sink.reject(null);
      await form.getByRole('button', { name: 'Save' }).click();
      await expect(form).toBeHidden();
      await expectOutput(page, 'Church', 'On air');
      await expect(told).toBeHidden();
      expect(sink.publications.at(-1)?.key).toBe('right-key');
      await page.keyboard.press('Escape');
    });

    await sink.refuse();
    const retry = page.getByRole('button', { name: 'Retry now: Church' });
    await expect(retry).toBeVisible();
    await expect(page.getByRole('alert').filter({ hasText: 'Church: The server refuses' })).toBeVisible();
    expect(await page.evaluate(() => Reflect.get(window, 'alarms'))).toBeGreaterThan(0);
    await page.getByRole('tab', { name: 'Health' }).click();
    const health = page.getByRole('tabpanel', { name: 'Health' });
    await expect(page.getByRole('img', { name: /Data rates now/ })).toBeVisible();
    await expectClean(page, 'a failing destination');

    await test.step('the numbers of the programme are those of a stream of pictures', async () => {
      const programme = health.getByRole('region', { name: 'Programme', exact: true });
      await programme.getByText('Details').click();
      await expect.poll(() => numberIn(programme, 'Frames a second, arriving')).toBeGreaterThan(1);
      await expect.poll(() => numberIn(programme, 'Data rate')).toBeGreaterThan(0);
      await expect.poll(() => numberIn(programme, 'Keyframe distance')).toBeGreaterThan(0);
      expect(await numberIn(programme, 'Lost on the way')).toBe(0);
      expect(await numberIn(programme, 'Keyframes asked for')).toBeGreaterThanOrEqual(0);
    });

    await sink.reopen();
    // It may have come back by itself while the pointer was on its way.
    await Promise.race([retry.click(), expect(retry).toBeHidden()]);
    await expectOutput(page, 'Church', 'On air');
    await expect(retry).toBeHidden();
    const church = health.getByRole('listitem').filter({ hasText: 'Church' });
    await church.getByText('Details').click();
    await expect(church.getByText('On air for')).toBeVisible();
    await expect.poll(() => numberIn(church, 'Reconnects')).toBeGreaterThan(0);
    const log = page.getByRole('region', { name: 'What happened' });
    await expect(log.getByText('Church: The server rejected the stream')).toBeVisible();
    // The connection is cut first and refused after that; the log tells why the output was interrupted.
    await expect(log.getByText(/Church: The server (closed|refuses) the connection/).first()).toBeVisible();
    await expect(log.getByText('Church is on air again.')).toBeVisible();
    await expect(log.getByText('The stream began.')).toBeVisible();

    await test.step('a destination is added on air and another one dropped; who stays notices nothing', async () => {
      const added = await startRtmpSink();
      try {
        await page.getByRole('button', { name: 'Add destination' }).click();
        await addServer(page, 'Club', added.url, 'club-key');
        await expect(page.getByRole('switch', { name: 'Club' })).toBeChecked();
        await added.until(
          ({ publications }) => (publications.at(-1)?.tags.length ?? 0) > 100,
          'Club is on air',
        );
        const church = sink.publications.length;
        await page.getByRole('switch', { name: 'Church' }).click();
        await sink.until(({ publications }) => publications.every(({ open }) => !open), 'Church is off air');
        const [club] = added.publications;
        const tags = club?.tags.length ?? 0;
        await added.until(() => (club?.tags.length ?? 0) > tags + 100, 'Club goes on');
        expect(added.publications).toHaveLength(1);
        expect(sink.publications).toHaveLength(church);
        expect(checkTags(club?.tags ?? []).problems).toEqual([]);
        await page.keyboard.press('Escape');
      } finally {
        await added.close();
      }
    });
    await page.getByRole('button', { name: 'End stream' }).click();
    await page.getByRole('button', { name: 'End now' }).click();
    await expect(page.getByRole('button', { name: 'Go live' })).toBeVisible();
  } finally {
    await sink.close();
  }
});

/** The number that stands beside `name`, whatever its unit. */
async function numberIn(region: Locator, name: string): Promise<number> {
  const row = region.locator('dl > div').filter({ has: region.page().getByText(name, { exact: true }) });
  return Number.parseFloat((await row.getByRole('definition').textContent()) ?? '');
}

/** Counts oscillators of the alarm's pitch in `window.alarms`. */
function countAlarms(pitch: number): void {
  Reflect.set(window, 'alarms', 0);
  const Original = window.OscillatorNode;
  window.OscillatorNode = class extends Original {
    constructor(context: BaseAudioContext, options?: OscillatorOptions) {
      super(context, options);
      if (options?.frequency === pitch) Reflect.set(window, 'alarms', Reflect.get(window, 'alarms') + 1);
    }
  };
}
