'use client';
import { useCallback, useEffect, useRef } from 'react';

/**
 * Calls at once, then at most once every `everyMs` with the newest value: a colour dragged through a picker must not flood
 * the studio with commands.
 */
export function useThrottled<T>(call: (value: T) => void, everyMs: number): (value: T) => void {
  const latest = useRef(call);
  latest.current = call;
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const waiting = useRef<{ readonly value: T } | null>(null);

  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      if (waiting.current !== null) latest.current(waiting.current.value);
    },
    [],
  );

  return useCallback(
    (value: T) => {
      if (timer.current !== null) {
        waiting.current = { value };
        return;
      }
      const next = () => {
        const left = waiting.current;
        waiting.current = null;
        timer.current = left === null ? null : setTimeout(next, everyMs);
        if (left !== null) latest.current(left.value);
      };
      latest.current(value);
      timer.current = setTimeout(next, everyMs);
    },
    [everyMs],
  );
}
