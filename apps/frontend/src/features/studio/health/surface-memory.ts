import type { WantedSurface } from '@streamus/client';
import { z } from 'zod';
import { recall, remember } from '@/lib/stored.ts';

const KEY = 'streamus.surface';
export const SURFACES = ['automatic', 'webgl2', 'i420', 'canvas'] as const satisfies readonly WantedSurface[];
const schema = z.enum(SURFACES);

/** What somebody chose to paint with in this browser; of the machine, not of a studio. */
export function recallSurface(): WantedSurface {
  return recall(KEY, schema) ?? 'automatic';
}

export function rememberSurface(wanted: WantedSurface): void {
  remember(KEY, wanted);
}
