'use client';
import { useCallback, useEffect, useRef, useState } from 'react';

/** As long as the way back is offered, ms. */
const UNDO_MS = 8000;

/**
 * Deletes with a way back: the thing shows as deleted at once, the server hears of it when the time to undo is over
 * or the page goes away.
 */
export function useLateDelete(remove: (id: string) => Promise<void>) {
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  const latest = useRef(remove);
  latest.current = remove;

  const forget = useCallback((id: string) => {
    clearTimeout(timers.current.get(id));
    timers.current.delete(id);
    setGone((now) => new Set([...now].filter((other) => other !== id)));
  }, []);

  const run = useCallback(
    async (id: string) => {
      clearTimeout(timers.current.get(id));
      timers.current.delete(id);
      await latest.current(id);
      forget(id);
    },
    [forget],
  );

  useEffect(() => {
    const pending = timers.current;
    const flush = () => {
      for (const id of [...pending.keys()]) void run(id);
    };
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [run]);

  return {
    isGone: (id: string) => gone.has(id),
    start: useCallback(
      (id: string) => {
        setGone((now) => new Set(now).add(id));
        timers.current.set(
          id,
          setTimeout(() => void run(id), UNDO_MS),
        );
      },
      [run],
    ),
    undo: forget,
  };
}
