import type { z } from 'zod';

type Place = 'local' | 'session';

function storage(place: Place): Storage | null {
  try {
    return place === 'local' ? window.localStorage : window.sessionStorage;
  } catch {
    // Storage is switched off in this browser: everything works, nothing is remembered.
    return null;
  }
}

/** What an earlier visit stored under `key`, or null when it is absent or does not fit. */
export function recall<T>(key: string, schema: z.ZodType<T>, place: Place = 'local'): T | null {
  if (typeof window === 'undefined') return null;
  try {
    const text = storage(place)?.getItem(key) ?? null;
    if (text === null) return null;
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export function remember(key: string, value: unknown, place: Place = 'local'): void {
  try {
    storage(place)?.setItem(key, JSON.stringify(value));
  } catch {
    // Full or switched off: see above.
  }
}

export function forget(key: string, place: Place = 'local'): void {
  storage(place)?.removeItem(key);
}
