import type { OutgoingItem } from './show-item.ts';

/**
 * What waits for one destination, bounded in time: beyond `limitMs` of video everything up to the next keyframe is dropped,
 * sound is kept. Sound alone is bounded by ten times that.
 */
export class OutputQueue {
  #items: OutgoingItem[] = [];
  #head = 0;
  #waitingForKey = false;
  #droppedMs = 0;
  #droppedUnits = 0;
  #lastVideo: number | undefined;
  /** Times of the pictures that wait, oldest first. */
  #pictures: number[] = [];

  get length(): number {
    return this.#items.length - this.#head;
  }

  get droppedSeconds(): number {
    return this.#droppedMs / 1000;
  }

  get droppedUnits(): number {
    return this.#droppedUnits;
  }

  /** Time between the oldest and the newest item that wait, ms. */
  get waitingMs(): number {
    const first = this.#items[this.#head];
    const last = this.#items.at(-1);
    return first === undefined || last === undefined ? 0 : Math.max(0, last.time - first.time);
  }

  push(item: OutgoingItem, limitMs: number): void {
    if (item.kind === 'video') {
      const step = this.#lastVideo === undefined ? 0 : item.time - this.#lastVideo;
      this.#lastVideo = item.time;
      if (this.#waitingForKey && !item.key) {
        this.#drop(step);
        return;
      }
      this.#waitingForKey = false;
      if (item.time - (this.#pictures[0] ?? item.time) > limitMs) this.#overflow();
      if (this.#waitingForKey && !item.key) {
        this.#drop(step);
        return;
      }
      this.#waitingForKey = false;
      this.#pictures.push(item.time);
    } else if (item.kind === 'audio' && this.waitingMs > limitMs * 10) {
      this.#head += 1;
    }
    this.#items.push(item);
  }

  shift(): OutgoingItem | undefined {
    const item = this.#items[this.#head];
    if (item === undefined) return undefined;
    this.#head += 1;
    if (item.kind === 'video') this.#pictures.shift();
    if (this.#head > 256) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }

  clear(): void {
    this.#items = [];
    this.#pictures = [];
    this.#head = 0;
    this.#waitingForKey = false;
    this.#lastVideo = undefined;
  }

  #overflow(): void {
    const waiting = this.#items.slice(this.#head);
    const video = waiting.filter((item) => item.kind === 'video');
    const [first] = video;
    const last = video.at(-1);
    this.#droppedUnits += video.length;
    if (first !== undefined && last !== undefined) this.#droppedMs += last.time - first.time;
    const lastHeader = waiting.findLast((item) => item.kind === 'header');
    this.#items = waiting.filter((item) => item.kind === 'audio' || item === lastHeader);
    this.#pictures = [];
    this.#head = 0;
    this.#waitingForKey = true;
  }

  #drop(ms: number): void {
    this.#droppedUnits += 1;
    this.#droppedMs += ms;
  }
}
