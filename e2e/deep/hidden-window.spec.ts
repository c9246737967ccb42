import { coverByTab, type Hide, judgeHiddenShow } from '../support/hidden-show.ts';
import { test } from '../support/test.ts';

test.setTimeout(180_000);

const minimise: Hide = async (context, studio) => {
  const session = await context.newCDPSession(studio);
  const { windowId } = await session.send('Browser.getWindowForTarget');
  await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'minimized' } });
};

test('a show goes on undisturbed behind another tab of a window on a screen', () =>
  judgeHiddenShow('own', coverByTab));

test('a show goes on undisturbed in a window that is minimised', () => judgeHiddenShow('own', minimise));
