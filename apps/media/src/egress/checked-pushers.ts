import { checkTarget } from '@streamus/destinations';
import { failure } from '@streamus/outputs';
import type { CreatePusher, Pusher } from './pusher.ts';

/**
 * Checks before every attempt that an RTMP address leads nowhere it must not; a name may lead somewhere else by then
 * than when it was saved.
 */
export function checkedPushers(create: CreatePusher, allowPrivate: boolean): CreatePusher {
  return (target, events) => {
    if (target.kind === 'hls') return create(target, events);
    let inner: Pusher | undefined;
    let waiting: { bytes: Uint8Array; taken: () => void } | undefined;
    let over = false;
    checkTarget(target.url, { allowPrivate }).then(
      (result) => {
        if (over) return;
        if (!result.ok) {
          over = true;
          events.ended(failure(result.code));
          return;
        }
        inner = create(target, events);
        if (waiting !== undefined) inner.write(waiting.bytes, waiting.taken);
        waiting = undefined;
      },
      () => events.ended(failure('internal')),
    );
    return {
      get sentBytes() {
        return inner?.sentBytes ?? 0;
      },
      write(bytes, taken) {
        if (inner === undefined) waiting = { bytes, taken };
        else inner.write(bytes, taken);
      },
      async finish() {
        over = true;
        await inner?.finish();
      },
      kill() {
        over = true;
        inner?.kill();
      },
    };
  };
}
