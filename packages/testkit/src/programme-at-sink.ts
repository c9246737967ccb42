import { createHash } from 'node:crypto';
import { readFlvContent, splitAvcc, toAvcc } from '@streamus/media-formats';
import type { Clip } from './publisher/index.ts';
import type { RtmpSink } from './rtmp-sink/index.ts';

/** A picture that a server has got. */
export interface Arrival {
  /** ms of `performance.now()`. */
  readonly at: number;
  /** Its place in the clip; null for the slate, and -1 where several pictures of the clip look alike. */
  readonly place: number | null;
}

/** Fingerprint of a picture without its parameter sets, which may or may not stand in front of it. */
const nameOf = (nals: readonly Uint8Array[]): string =>
  createHash('sha1').update(toAvcc(nals)).digest('base64');

/** Tells a clip's pictures from the slate in what a server gets; every tag is looked at once. */
export class ProgrammeAtSink {
  readonly #sink: RtmpSink;
  readonly #clip: Clip;
  readonly #places = new Map<string, number>();
  readonly #arrivals: Arrival[] = [];
  #publication = 0;
  #tag = 0;

  constructor(sink: RtmpSink, clip: Clip) {
    this.#sink = sink;
    this.#clip = clip;
    clip.pictures.forEach(({ nals }, index) => {
      const name = nameOf(nals);
      this.#places.set(name, this.#places.has(name) ? -1 : index);
    });
  }

  /** All pictures so far, of every publication, in the order in which they came. */
  get arrivals(): readonly Arrival[] {
    for (; this.#publication < this.#sink.publications.length; this.#publication += 1) {
      const { tags, arrivals } = this.#sink.publications[this.#publication] ?? { tags: [], arrivals: [] };
      for (; this.#tag < tags.length; this.#tag += 1) {
        const tag = tags[this.#tag];
        const at = arrivals[this.#tag];
        if (tag === undefined || at === undefined) break;
        const content = readFlvContent(tag);
        if (content.kind !== 'video') continue;
        const place = this.#places.get(nameOf(splitAvcc(content.unit) ?? [])) ?? null;
        this.#arrivals.push({ at, place });
      }
      if (this.#publication === this.#sink.publications.length - 1) break;
      this.#tag = 0;
    }
    return this.#arrivals;
  }

  /** When pictures of the clip came, from `since` on. */
  programmeSince(since: number): number[] {
    return this.arrivals.flatMap(({ at, place }) => (place !== null && at >= since ? [at] : []));
  }

  /**
   * Since when, but not before `since`, pictures of the clip have come without a pause longer than `pauseMs` until `now`; null
   * when they do not come.
   */
  flowsSince(since: number, now: number, pauseMs: number): number | null {
    let begin = now;
    for (const { at, place } of this.arrivals.toReversed()) {
      if (place === null || at < since || begin - at > pauseMs) break;
      begin = at;
    }
    return begin === now ? null : begin;
  }

  /** Waits for the first picture of the clip, or of the slate, that comes from `since` on; when it came. */
  async first(wanted: 'programme' | 'slate', since: number, timeoutMs = 60_000): Promise<number> {
    const find = () =>
      this.arrivals.findLast(({ at, place }) => at >= since && (place === null) === (wanted === 'slate'));
    await this.#sink.until(() => find() !== undefined, `the ${wanted}`, timeoutMs);
    return (
      this.arrivals.find(({ at, place }) => at >= since && (place === null) === (wanted === 'slate'))?.at ??
      Number.NaN
    );
  }

  /**
   * For every picture that came from `since` on, how long ago the publisher sent it: it sends the clip's picture n at
   * `startedAt` + n frames, again and again. Pictures that look alike (white flashes) are left out.
   */
  latencies(startedAt: number, since: number): number[] {
    const { fps, pictures } = this.#clip;
    const clipMs = (pictures.length * 1000) / fps;
    return this.arrivals.flatMap(({ at, place }) =>
      place === null || place < 0 || at < since ? [] : [(at - startedAt - (place * 1000) / fps) % clipMs],
    );
  }
}
