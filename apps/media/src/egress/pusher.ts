import type { Failure } from '@streamus/outputs';
import type { OutgoingItem, ShowHeaders } from './show-item.ts';

/** One attempt to send the show somewhere. Made by a factory, used once. */
export interface Pusher {
  /** Hands media over, oldest first; calls back when it is taken. One call at a time. */
  send(items: readonly OutgoingItem[], taken: () => void): void;
  /** Ends it in order; resolves within a few seconds. */
  finish(): Promise<void>;
  /** Ends it at once. */
  kill(): void;
  /** Bytes that the destination has taken so far, as far as known. */
  readonly sentBytes: number;
  /** How much of the show has been sent and is not taken yet, ms, as far as the destination's answers tell. */
  readonly behindMs: number;
}

export interface PusherEvents {
  /** The destination has taken media for the first time. */
  live(): void;
  /** Called once. `failure` is null after `finish`. */
  ended(failure: Failure | null): void;
}

/** Where an output goes. `url` is without the key. */
export interface RtmpTarget {
  readonly kind: 'rtmp';
  readonly url: string;
  readonly key: string;
}
export interface HlsTarget {
  readonly kind: 'hls';
  readonly folder: string;
}
export type OutputTarget = RtmpTarget | HlsTarget;

/** What is sent before all media, and the time of the first item. */
export interface Beginning {
  readonly headers: ShowHeaders;
  readonly time: number;
}

export type CreatePusher<Target extends OutputTarget = OutputTarget> = (
  target: Target,
  beginning: Beginning,
  events: PusherEvents,
) => Pusher;
