'use client';
import { useEffect, useRef, useState } from 'react';
import type { StoreApi } from 'zustand/vanilla';

/** Quieter than this is a room's own noise (about −46 dBFS). */
const AUDIBLE = 0.005;
/** A pause in speech is shorter than this, ms. */
const MEMORY_MS = 5000;

/** True while sound was heard within the last seconds. */
export function useHeard<S>(store: StoreApi<S>, level: (state: S) => number): boolean {
  const [heard, setHeard] = useState(false);
  const read = useRef(level);
  read.current = level;
  useEffect(() => {
    let last = 0;
    const look = () => {
      if (read.current(store.getState()) > AUDIBLE) last = performance.now();
      setHeard(last > 0 && performance.now() - last < MEMORY_MS);
    };
    const timer = setInterval(look, 500);
    const stop = store.subscribe((state) => {
      if (read.current(state) > AUDIBLE) {
        last = performance.now();
        setHeard(true);
      }
    });
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [store]);
  return heard;
}
