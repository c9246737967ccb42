'use client';
import { type DestinationId, type ErrorCode, routes } from '@streamus/contracts';
import { useCallback, useState } from 'react';
import { api } from '@/lib/api.ts';

export type TestState =
  | { readonly kind: 'untested' }
  | { readonly kind: 'testing' }
  | { readonly kind: 'reachable' }
  | { readonly kind: 'failed'; readonly code: ErrorCode };

export interface ConnectionTarget {
  readonly destinationId: DestinationId | null;
  readonly url?: string;
  readonly key?: string;
}

/** Tries a connection without going on air. */
export async function testConnection(target: ConnectionTarget): Promise<TestState> {
  const result = await api(routes.testDestination, { body: target });
  return result.ok ? { kind: 'reachable' } : { kind: 'failed', code: result.code };
}

export function useConnectionTest() {
  const [state, setState] = useState<TestState>({ kind: 'untested' });
  const run = useCallback(async (target: ConnectionTarget) => {
    setState({ kind: 'testing' });
    setState(await testConnection(target));
  }, []);
  const reset = useCallback(() => setState({ kind: 'untested' }), []);
  return { state, run, reset };
}
