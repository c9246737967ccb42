import { goLiveToWatchPage } from '../support/go-live.ts';
import { hostInStudio, newVisitor } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test('the watch page plays without a break, also while the host’s tab is away', async ({ browser }) => {
  const { page } = await hostInStudio(browser, { colour: '#2f6fb2' });
  const watchPath = await goLiveToWatchPage(page);
  const visitor = await (await newVisitor(browser, {})).newPage();
  const failures: string[] = [];
  await visitor.exposeFunction('mediaFailed', (text: string) => failures.push(text));
  await visitor.addInitScript(() => {
    const report = (event: Event) => {
      const { mediaFailed } = window as unknown as { mediaFailed: (text: string) => void };
      if (event.target instanceof HTMLVideoElement) mediaFailed(event.target.error?.message ?? 'error');
    };
    document.addEventListener('error', report, true);
  });
  await visitor.goto(watchPath);
  const played = () =>
    visitor.locator('video').evaluate((video) => {
      if (!(video instanceof HTMLVideoElement)) return 0;
      let seconds = 0;
      for (let part = 0; part < video.played.length; part += 1) {
        seconds += video.played.end(part) - video.played.start(part);
      }
      return seconds;
    });
  await expect.poll(played, { timeout: 40_000 }).toBeGreaterThan(4);
  await page.goto('about:blank');
  const before = await played();
  // The slate begins after 2 s and reaches the visitor a few segments later.
  await expect.poll(played, { timeout: 40_000 }).toBeGreaterThan(before + 12);

  // Back to the beginning, and it stays there; then to the newest picture again.
  await visitor.getByRole('slider', { name: /behind live/ }).press('Home');
  const toLive = visitor.getByRole('button', { name: 'Go to live' });
  await expect(toLive).toBeVisible();
  const rewound = await played();
  await expect.poll(played, { timeout: 30_000 }).toBeGreaterThan(rewound + 3);
  await expect(toLive).toBeVisible();
  await toLive.click();
  await expect(toLive).toBeHidden();
  expect(failures).toEqual([]);
  await expect(visitor.getByRole('status')).toHaveCount(0);
});
