import { expect, type Locator, type Page } from '@playwright/test';
import { type LayoutKind, layoutBoxes, newStudioDocument, type SourceId } from '@streamus/studio';
import { colourDistance, type Picture, parseColour } from '@streamus/testkit/clock-pattern';
import { SMALL_PROGRAMME } from './people.ts';

/** A colour after a lossy codec and back, of 442. */
const COLOUR_TOLERANCE = 60;
/** Cells, flash, name tag and a smaller picture on top leave at least this much of a box in its camera's colour. */
const OWN_SHARE = 0.2;

/** Whose picture is on stage, most prominent first, and the colour of it. */
export interface Staged {
  readonly source: SourceId;
  readonly colour: string;
}

/** The pixels of the programme this page shows now. */
export function programmePicture(page: Page): Promise<Picture> {
  return shownPicture(page.getByLabel('Programme', { exact: true }));
}

/** The pixels a video or a canvas shows now. */
export async function shownPicture(element: Locator): Promise<Picture> {
  const { width, height } = SMALL_PROGRAMME;
  const base64 = await element.evaluate(
    (shown, size) => {
      const canvas = new OffscreenCanvas(size.width, size.height).getContext('2d');
      const drawable = shown instanceof HTMLVideoElement || shown instanceof HTMLCanvasElement;
      if (!drawable || canvas === null) return '';
      canvas.drawImage(shown, 0, 0, size.width, size.height);
      const { data } = canvas.getImageData(0, 0, size.width, size.height);
      let text = '';
      for (let at = 0; at < data.length; at += 4) {
        text += String.fromCharCode(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
      }
      return btoa(text);
    },
    { width, height },
  );
  return { data: Buffer.from(base64, 'base64'), width, height, channels: 3 };
}

/** Share 0..1 of the pixels of an area (shares of the picture) that have this colour. */
export function shareOf(
  picture: Picture,
  colour: string,
  area: { x: number; y: number; width: number; height: number },
): number {
  const wanted = parseColour(colour);
  const left = Math.round(area.x * picture.width);
  const top = Math.round(area.y * picture.height);
  const right = Math.round((area.x + area.width) * picture.width);
  const bottom = Math.round((area.y + area.height) * picture.height);
  let same = 0;
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const at = (y * picture.width + x) * 3;
      const seen = {
        r: picture.data[at] ?? 0,
        g: picture.data[at + 1] ?? 0,
        b: picture.data[at + 2] ?? 0,
      };
      if (colourDistance(seen, wanted) <= COLOUR_TOLERANCE) same += 1;
    }
  }
  return same / ((right - left) * (bottom - top));
}

/** Waits until the programme shows these people where this layout puts them, and nobody else. */
export async function expectLayout(page: Page, layout: LayoutKind, staged: readonly Staged[]): Promise<void> {
  const { programme, people, onAir } = newStudioDocument(SMALL_PROGRAMME);
  const air = { ...onAir, layout, stage: staged.map(({ source }) => source) };
  const facts = { present: true as const, hasVideo: true, aspect: 16 / 9 };
  const sources = new Map(staged.map(({ source }) => [source, facts]));
  const boxes = layoutBoxes({ composition: { programme, people, air }, sources });
  expect(boxes.length).toBeGreaterThan(0);
  const seen = async () => {
    const picture = await programmePicture(page);
    const wrong = boxes.filter((box) => {
      const wanted = staged.find(({ source }) => source === box.source)?.colour ?? '';
      const { width, height } = SMALL_PROGRAMME;
      const area = {
        x: box.x / width,
        y: box.y / height,
        width: box.width / width,
        height: box.height / height,
      };
      return shareOf(picture, wanted, area) < OWN_SHARE;
    });
    const strangers = staged
      .filter(({ source }) => !boxes.some((box) => box.source === source))
      .filter(({ colour }) => shareOf(picture, colour, { x: 0, y: 0, width: 1, height: 1 }) > 0.01);
    return [...wrong, ...strangers].map(({ source }) => source);
  };
  await expect.poll(seen, `${layout}: sources that are not where they belong`).toEqual([]);
}
