import { flushCompileCache } from 'node:module';
import type { z } from 'zod';

/** Later than the busy seconds in which a show begins. */
const KEEP_COMPILED_AFTER_MS = 10_000;

/**
 * The child's end of its channel to the supervisor. When the channel closes the supervisor is gone, and so is the reason
 * for this process: `orphaned` is called.
 */
export function parentChannel<In, Out>(
  schema: z.ZodType<In>,
  handle: (message: In) => void,
  orphaned: () => void,
): (message: Out) => void {
  process.on('message', (message) => handle(schema.parse(message)));
  process.on('disconnect', orphaned);
  // Ctrl-C reaches the whole process group; the supervisor decides how its children end.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => undefined);
  // Node keeps what it compiled when a process ends by itself; this one may be killed at any time.
  setTimeout(flushCompileCache, KEEP_COMPILED_AFTER_MS).unref();
  return (message) => {
    if (process.connected) process.send?.(message);
  };
}
