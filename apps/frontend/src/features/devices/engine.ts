import type * as Client from '@streamus/client';

/** The engine of a studio session: big, and loaded only once somebody is about to enter. */
export function loadEngine(): Promise<typeof Client> {
  return import('@streamus/client');
}
