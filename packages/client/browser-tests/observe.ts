import type { Page } from '@playwright/test';
import { compositionOnAir, layoutBoxes, type PersonId, sourceId } from '@streamus/studio';
import {
  colourDistance,
  type Picture,
  parseColour,
  pictureBox,
  readClock,
  unwrapCounter,
} from '@streamus/testkit/clock-pattern';
import { vi } from 'vitest';
import type { StudioView } from '../src/session.ts';

/** What the page's session shows now. */
export function view(page: Page): Promise<StudioView> {
  return page.evaluate(() => window.session.store.getState());
}

/** Reads until it holds; throws with the last value when it never does. */
export async function until<T>(
  what: string,
  read: () => Promise<T>,
  holds: (value: T) => boolean,
  withinMs = 25_000,
): Promise<T> {
  return vi.waitFor(
    async () => {
      const value = await read();
      if (!holds(value)) throw new Error(`never: ${what}; last ${JSON.stringify(value)?.slice(0, 1500)}`);
      return value;
    },
    { timeout: withinMs, interval: 100 },
  );
}

export const composing = (page: Page) =>
  until(
    'composes here',
    () => view(page),
    ({ composer }) => composer.kind === 'here' && composer.fps > 8,
  );

export async function onStage(page: Page, person: PersonId): Promise<void> {
  const outcome = await page.evaluate(
    (source) => window.session.command({ type: 'put-on-stage', source }),
    sourceId('camera', person),
  );
  if (!outcome.ok) throw new Error(`not put on stage: ${outcome.code}`);
}

export interface Seen {
  readonly width: number;
  readonly height: number;
  readonly people: readonly {
    readonly counter: number | null;
    readonly colour: { r: number; g: number; b: number };
  }[];
}

/** The programme as a page shows it now. */
export async function picture(page: Page): Promise<Picture> {
  const { width, height, base64 } = await page.evaluate(() => window.grab());
  const rgba = Buffer.from(base64, 'base64');
  const data = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    data.set(rgba.subarray(pixel * 4, pixel * 4 + 3), pixel * 3);
  }
  return { data, width, height, channels: 3 };
}

/** Reads every person's clock from the programme a page shows, in stage order. */
export async function readProgramme(page: Page, people: readonly PersonId[]): Promise<Seen> {
  const { document } = await view(page);
  const seen = await picture(page);
  const { width, height } = seen;
  const sources = new Map(
    people.map((person) => [
      sourceId('camera', person),
      { present: true as const, hasVideo: true, aspect: 16 / 9 },
    ]),
  );
  const boxes = document === null ? [] : layoutBoxes({ composition: compositionOnAir(document), sources });
  return {
    width,
    height,
    people: boxes.map((box) => readClock(seen, pictureBox(box, 16 / 9, box.fit))),
  };
}

/** Whether these people, by their colours and in this order, are in the programme. */
export function shows(seen: Seen, colours: readonly string[]): boolean {
  return (
    seen.people.length === colours.length &&
    seen.people.every(
      ({ counter, colour }, index) =>
        counter !== null && colourDistance(colour, parseColour(colours[index] ?? '#000000')) < 60,
    )
  );
}

/**
 * How many frames lie between the counter of one person in one reading and of another (or the same) in a later one.
 * All cameras count the frames of one clock; counters wrap.
 */
export function framesBetween(before: Seen, after: Seen, index = 0, indexBefore = index): number {
  const from = before.people[indexBefore]?.counter ?? null;
  const to = after.people[index]?.counter ?? null;
  return from === null || to === null ? Number.NEGATIVE_INFINITY : unwrapCounter(from, to) - from;
}

/** Video being sent with this width, from every connection of the page. */
export async function sentVideo(page: Page, width: number): Promise<{ codec: string; frames: number }[]> {
  return page.evaluate(async (wanted) => {
    const found: { codec: string; frames: number }[] = [];
    for (const connection of window.connections) {
      const reports = new Map<string, Record<string, unknown>>();
      (await connection.getStats()).forEach((report, id) => {
        reports.set(id, report);
      });
      for (const report of reports.values()) {
        if (report.type !== 'outbound-rtp' || report.frameWidth !== wanted) continue;
        const codec = reports.get(String(report.codecId));
        found.push({ codec: String(codec?.mimeType), frames: Number(report.framesSent) });
      }
    }
    return found;
  }, width);
}

/** Highest level (0..1) of any sound the page sends, watched for a while. */
export async function loudestSent(page: Page, forMs: number): Promise<number> {
  return page.evaluate(async (duration) => {
    let loudest = 0;
    const end = performance.now() + duration;
    while (performance.now() < end) {
      for (const connection of window.connections) {
        (await connection.getStats()).forEach((report) => {
          if (report.type === 'media-source' && report.kind === 'audio') {
            loudest = Math.max(loudest, Number(report.audioLevel ?? 0));
          }
        });
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return loudest;
  }, forMs);
}

/** How many others' sounds arrive, are not silence, and are being played. */
export function heardBy(page: Page): Promise<{ sounding: number; playing: number }> {
  return page.evaluate(async () => {
    let sounding = 0;
    for (const connection of window.connections) {
      (await connection.getStats()).forEach((report) => {
        const audio = report.type === 'inbound-rtp' && report.kind === 'audio';
        if (audio && Number(report.totalAudioEnergy) > 0) sounding += 1;
      });
    }
    const playing = window.players.filter(
      ({ paused, srcObject }) => !paused && srcObject instanceof MediaStream && srcObject.active,
    );
    return { sounding, playing: playing.length };
  });
}

/** Widths of the pictures that the page receives now. */
export function receivedWidths(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const widths: number[] = [];
    for (const connection of window.connections) {
      (await connection.getStats()).forEach((report) => {
        if (report.type === 'inbound-rtp' && report.kind === 'video') widths.push(Number(report.frameWidth));
      });
    }
    return widths;
  });
}
