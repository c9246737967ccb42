import type { Page } from '@playwright/test';
import { median, type Row } from './row.ts';

/** Even: each family ends as it began. */
const TURNS = 8;

/** What is pressed, and what is on a screen once the command is shown there; both as XPath. */
interface Step {
  readonly press: string;
  readonly shown: string;
}

/** A kind of command, given by turns. */
interface Family {
  readonly what: string;
  /** Where its buttons are; null: always in sight. */
  readonly tab: 'Overlays' | 'Brand' | null;
  readonly turns: readonly [Step, Step];
  /** In preview mode, and what is done before each turn there; not measured. */
  readonly preview?: readonly [Step, Step];
}

const named = (label: string, state = ''): string => `//button[@aria-label=${JSON.stringify(label)}]${state}`;
const isPressed = '[@aria-pressed="true"]';
const isNot = '[@aria-pressed="false"]';
const theme = (name: string, state = ''): string => `//button[normalize-space()="${name}"]${state}`;

/** Of two scenes in preview mode the one is taken to air that is not on air. */
function families([first, second]: readonly [string, string]): readonly Family[] {
  const item = (scene: string): string => `//button[@data-scene="${scene}"]`;
  const select = (scene: string): Step => ({
    press: item(scene),
    shown: `${item(scene)}[@aria-current="true"]`,
  });
  const take = (scene: string): Step => ({
    press: '//button[starts-with(normalize-space(), "Take")]',
    shown: `${item(scene)}[.//span[.="Programme"]]`,
  });
  const [onStage, backstage] = [named('Move backstage: Gina'), named('Put on stage: Gina')];
  const banner = named('This scene: Tonight');
  return [
    { what: 'scene', tab: null, turns: [select(second), select(first)] },
    {
      what: 'on and off stage',
      tab: null,
      turns: [
        { press: onStage, shown: backstage },
        { press: backstage, shown: onStage },
      ],
    },
    {
      what: 'banner shown and hidden',
      tab: 'Overlays',
      turns: [
        { press: banner, shown: banner + isPressed },
        { press: banner, shown: banner + isNot },
      ],
    },
    {
      what: 'theme of the brand',
      tab: 'Brand',
      turns: [
        { press: theme('Bold'), shown: theme('Bold', isPressed) },
        { press: theme('Plain'), shown: theme('Plain', isPressed) },
      ],
    },
    {
      what: 'take',
      tab: null,
      preview: [select(second), select(first)],
      turns: [take(second), take(first)],
    },
  ];
}

/** How long commands of each kind but layouts take to be seen, in the own window and in another of the same studio. */
export async function benchFamilies(
  host: Page,
  other: Page,
  reference: Pick<Row, 'reference' | 'referenceValue' | 'unit'>,
): Promise<Row[]> {
  const scenes = await secondScene(host);
  const rows: Row[] = [];
  for (const family of families(scenes)) {
    if (family.preview !== undefined) await run(host, { type: 'set-mode', mode: 'preview' });
    for (const page of [host, other]) {
      if (family.tab !== null) await page.getByRole('tab', { name: family.tab }).click();
      await page.locator(`xpath=${family.turns[0].press}`).waitFor();
    }
    const took = { here: [] as number[], there: [] as number[] };
    for (let turn = 0; turn < TURNS; turn += 1) {
      const [before, step] = [family.preview?.[turn % 2], family.turns[turn % 2]];
      if (before !== undefined) await press(host, other, before);
      if (step === undefined) continue;
      const { here, there } = await press(host, other, step);
      took.here.push(here);
      took.there.push(there);
    }
    const row = (where: string, values: readonly number[], goal: string): Row => ({
      what: `${family.what} → ${where}, median of ${TURNS}`,
      value: median(values),
      worst: Math.max(...values),
      goal,
      ...reference,
    });
    rows.push(row('own screen', took.here, '≤ 50 ms'), row('another screen', took.there, '–'));
  }
  return rows;
}

/** Gives the studio a second scene and a banner; the ids of its scenes, the first on air. */
async function secondScene(host: Page): Promise<readonly [string, string]> {
  const first = await host.locator('button[data-scene]').first().getAttribute('data-scene');
  if (first === null) throw new Error('no scene');
  const second = crypto.randomUUID();
  await run(host, { type: 'add-scene', id: second, name: 'Break', layout: 'solo' });
  await run(host, { type: 'select-scene', scene: first });
  const banner = { id: crypto.randomUUID(), kind: 'banner', text: 'Tonight', style: 'solid' };
  await run(host, { type: 'add-overlay', overlay: banner });
  return [first, second];
}

async function run(host: Page, command: object): Promise<void> {
  const studioId = host.url().split('/').at(-1) ?? '';
  const data = { id: crypto.randomUUID(), command };
  const answer = await host.request.post(`/api/v1/studios/${studioId}/commands`, { data });
  if (!answer.ok()) throw new Error(await answer.text());
}

/** Presses in `host`; milliseconds until each page shows it. */
async function press(host: Page, other: Page, step: Step): Promise<{ here: number; there: number }> {
  const there = other.evaluate(watchScreen, { ...step, click: false });
  const here = await host.evaluate(watchScreen, { ...step, click: true });
  return { here: here.shownAt - here.clickedAt, there: (await there).shownAt - here.clickedAt };
}

/** Runs in the page. */
async function watchScreen(
  given: Step & { click: boolean },
): Promise<{ clickedAt: number; shownAt: number }> {
  const wall = (): number => performance.timeOrigin + performance.now();
  const find = (path: string): Node | null =>
    document.evaluate(path, document, null, XPathResult.FIRST_ORDERED_NODE_TYPE, null).singleNodeValue;
  const button = given.click ? find(given.press) : null;
  if (given.click && !(button instanceof HTMLButtonElement)) throw new Error(`no button ${given.press}`);
  const shown = new Promise<number>((resolve) => {
    const look = (): void => {
      if (find(given.shown) !== null) resolve(wall());
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  const clickedAt = wall();
  if (button instanceof HTMLButtonElement) button.click();
  return { clickedAt, shownAt: await shown };
}
