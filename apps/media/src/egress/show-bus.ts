import { bytesEqual, GopCache } from '@streamus/media-formats';
import type { ShowHeaders, ShowItem } from './show-item.ts';

/** Takes the show from the bus: first the headers and the current GOP, then everything as it happens. */
export interface ShowListener {
  headers(headers: ShowHeaders, time: number): void;
  item(item: ShowItem): void;
}

/** 4 s of 60 fps video and of AAC; a longer GOP is not worth keeping. */
const CACHE_LIMIT = 500;

/** Hands every item of the show to every listener, and lets late ones begin with the newest keyframe. */
export class ShowBus {
  readonly #cache = new GopCache<ShowItem>(CACHE_LIMIT);
  readonly #listeners = new Set<ShowListener>();
  #headers: ShowHeaders | undefined;

  /** Headers for the items that follow; the next video item must be a keyframe. Nothing happens when they are the same. */
  setHeaders(headers: ShowHeaders, time: number): void {
    const known = this.#headers;
    if (known !== undefined && bytesEqual(known.avcC, headers.avcC) && bytesEqual(known.audio, headers.audio))
      return;
    this.#headers = headers;
    this.#cache.clear();
    for (const listener of this.#listeners) listener.headers(headers, time);
  }

  publish(item: ShowItem): void {
    this.#cache.push(item);
    for (const listener of this.#listeners) listener.item(item);
  }

  /** Returns the function that ends the subscription. */
  subscribe(listener: ShowListener): () => void {
    this.#listeners.add(listener);
    if (this.#headers !== undefined) {
      const cached = this.#cache.items();
      listener.headers(this.#headers, cached[0]?.time ?? 0);
      for (const item of cached) listener.item(item);
    }
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
