'use client';
import { type BrandKitView, routes } from '@streamus/contracts';
import { useEffect, useState } from 'react';
import { api } from '@/lib/api.ts';
import { useStudioPlace } from '../session-context.tsx';

/**
 * The brand kits by name, read anew each time somebody looks for commands; until they are there, those of the last time. Why
 * they cannot be read is said in the panel.
 */
export function useKitsToFind(looking: boolean): readonly BrandKitView[] {
  const { studioId, guestToken } = useStudioPlace();
  const [kits, setKits] = useState<readonly BrandKitView[]>([]);
  useEffect(() => {
    if (!looking) return;
    let gone = false;
    void api(routes.listBrandKits, { params: { studioId } }, guestToken).then((result) => {
      if (!gone && result.ok) setKits(result.value.kits);
    });
    return () => {
      gone = true;
    };
  }, [looking, studioId, guestToken]);
  return kits;
}
