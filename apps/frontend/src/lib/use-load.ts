'use client';
import type { ApiResult } from '@streamus/client/api';
import type { ErrorCode } from '@streamus/contracts';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import { needsSignIn } from './api.ts';

export type Loaded<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'failed'; readonly code: ErrorCode };

export interface Load<T> {
  readonly state: Loaded<T>;
  readonly reload: () => Promise<void>;
  /** Shows a change at once, before the server has confirmed it. */
  readonly change: (update: (value: T) => T) => void;
}

/** Loads once and on demand. A member without a session is sent to sign in and comes back here; a guest is not. */
export function useLoad<T>(load: () => Promise<ApiResult<T>>, guest = false): Load<T> {
  const router = useRouter();
  const [state, setState] = useState<Loaded<T>>({ kind: 'loading' });
  const latest = useRef(load);
  latest.current = load;

  const reload = useCallback(async () => {
    const result = await latest.current();
    if (!guest && needsSignIn(result)) {
      const here = window.location.pathname + window.location.search;
      router.replace(`/login?next=${encodeURIComponent(here)}`);
      return;
    }
    setState(result.ok ? { kind: 'ready', value: result.value } : { kind: 'failed', code: result.code });
  }, [router, guest]);

  const change = useCallback((update: (value: T) => T) => {
    setState((now) => (now.kind === 'ready' ? { kind: 'ready', value: update(now.value) } : now));
  }, []);

  useEffect(() => {
    void reload();
  }, [reload]);

  return { state, reload, change };
}
