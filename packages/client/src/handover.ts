/**
 * A tab that takes over has published its first pictures by then (3 s on two busy cores); shorter than the 8 s after
 * which the server takes the former composer out of the room.
 */
const HANDOVER_MS = 6000;

/** Lets what was replaced go on for a moment, until its successor is there. */
export interface Handover {
  /** Calls `end` after the moment. */
  add(end: () => Promise<void>): void;
  /** Ends everything now. */
  end(): Promise<void>;
}

export function createHandover(afterMs = HANDOVER_MS): Handover {
  const going = new Map<() => Promise<void>, ReturnType<typeof setTimeout>>();
  function finish(end: () => Promise<void>): Promise<void> {
    clearTimeout(going.get(end));
    going.delete(end);
    return end();
  }
  return {
    add(end) {
      going.set(
        end,
        setTimeout(() => void finish(end), afterMs),
      );
    },
    async end() {
      await Promise.all([...going.keys()].map(finish));
    },
  };
}
