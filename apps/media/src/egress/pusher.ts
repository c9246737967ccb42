import type { Failure } from '@streamus/outputs';

/** One attempt to send the show somewhere. Made by a factory, used once. */
export interface Pusher {
  /** Hands bytes over; calls back when they are taken. One write at a time. */
  write(bytes: Uint8Array, taken: () => void): void;
  /** Ends it in order; resolves within a few seconds. */
  finish(): Promise<void>;
  /** Ends it at once. */
  kill(): void;
  /** Bytes that the destination has taken so far, as far as known. */
  readonly sentBytes: number;
}

export interface PusherEvents {
  /** The destination has taken media for the first time. */
  live(): void;
  /** Called once. `failure` is null after `finish`. */
  ended(failure: Failure | null): void;
}

/** Where an output goes. `url` is without the key. */
export type OutputTarget =
  | { readonly kind: 'rtmp'; readonly url: string; readonly key: string }
  | { readonly kind: 'hls'; readonly folder: string };

export type CreatePusher = (target: OutputTarget, events: PusherEvents) => Pusher;
