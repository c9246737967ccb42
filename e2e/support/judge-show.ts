import {
  type Composition,
  compositionOnAir,
  DOCUMENT_VERSION,
  type LayoutKind,
  layoutBoxes,
  personIdSchema,
  type StudioDocument,
  sourceId,
} from '@streamus/studio';
import { colourDistance, type PixelBox, parseColour, pictureBox } from '@streamus/testkit/clock-pattern';
import { countersOf, type JudgedFrame } from '@streamus/testkit/judge-media';
import type { Publication, RtmpSink } from '@streamus/testkit/rtmp-sink';
import type { Host } from './people.ts';
import { expect } from './test.ts';

/** A camera colour after two lossy codecs, of 442. */
export const COLOUR_TOLERANCE = 70;

export async function firstPublication(sink: RtmpSink): Promise<Publication> {
  await sink.until(({ publications }) => publications.length > 0, 'something is published');
  const [publication] = sink.publications;
  if (publication === undefined) throw new Error('The sink lost its publication.');
  return publication;
}

/** Time of the newest picture that came in. */
export const lastVideoMs = ({ tags }: Publication): number =>
  tags.findLast(({ type }) => type === 9)?.time ?? 0;

/** Waits until the sink has pictures up to this time of theirs. */
export function untilMs(sink: RtmpSink, publication: Publication, ms: number): Promise<void> {
  return sink.until(() => lastVideoMs(publication) >= ms, `video at ${ms} ms`, 60_000);
}

/** Where the cameras of these people are in the programme, by the layout's own rules. */
export function boxesOf(composition: Composition, people: readonly string[]): PixelBox[] {
  const sources = new Map(
    people.map((person) => [
      sourceId('camera', personIdSchema.parse(person)),
      { present: true as const, hasVideo: true, aspect: 16 / 9 },
    ]),
  );
  return layoutBoxes({ composition, sources }).map((box) => pictureBox(box, 16 / 9, box.fit));
}

/** What the document has on air, in this layout. */
export function onAirWith(document: StudioDocument, layout: LayoutKind): Composition {
  const { programme, people, air } = compositionOnAir(document);
  return { programme, people, air: { ...air, layout } };
}

/** In these frames the box shows this person, alive: the counter is read nearly always and never goes back. */
export function expectPerson(frames: readonly JudgedFrame[], box: number, colour: string): void {
  expect(frames.length).toBeGreaterThan(10);
  const counters = countersOf(frames, box);
  // A frame that catches a camera frame half way through a change of cells may be unreadable.
  expect(counters.length / frames.length).toBeGreaterThan(0.9);
  const back = counters.filter(({ counter }, index) => counter < (counters[index - 1]?.counter ?? 0));
  expect(back, 'counters go forward').toEqual([]);
  const wanted = parseColour(colour);
  const off = frames.filter((frame) => {
    const seen = frame.boxes[box];
    return (
      seen !== undefined && seen.counter !== null && colourDistance(seen.colour, wanted) > COLOUR_TOLERANCE
    );
  });
  expect(off.length / frames.length, `colour ${colour}`).toBeLessThan(0.02);
}

/** The studio's document as the server has it. */
export async function studioDocument(host: Host): Promise<StudioDocument> {
  const hello = { type: 'hello', studioId: host.studioId, guestToken: null, lastSeq: null };
  const words = JSON.stringify({ ...hello, documentVersion: DOCUMENT_VERSION });
  return host.page.evaluate(async (first) => {
    const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/api/v1/realtime`);
    return new Promise((resolve) => {
      socket.onopen = () => socket.send(first);
      socket.onmessage = ({ data }) => {
        const message = JSON.parse(data);
        if (message.type !== 'welcome') return;
        socket.close();
        resolve(message.document);
      };
    });
  }, words);
}
