import { hlsPushers } from './hls-pusher.ts';
import type { CreatePusher } from './pusher.ts';
import { type RtmpPusherOptions, rtmpPushers } from './rtmp-pusher.ts';

/** A pusher for every kind of target. */
export function pushers(options: RtmpPusherOptions): CreatePusher {
  const [rtmp, hls] = [rtmpPushers(options), hlsPushers(options.log)];
  return (target, beginning, events) =>
    target.kind === 'hls' ? hls(target, beginning, events) : rtmp(target, beginning, events);
}
