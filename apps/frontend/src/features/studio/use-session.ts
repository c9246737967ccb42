'use client';
import type { StudioSession } from '@streamus/client';
import { useEffect, useState } from 'react';
import { recallDevices, remembering } from '../devices/device-memory.ts';
import { loadEngine } from '../devices/engine.ts';
import { recallSurface } from './health/surface-memory.ts';

/** Opens the studio while `wanted`; remembers devices as they are switched; closes everything when it goes away. */
export function useSession(
  studioId: string,
  guestToken: string | null,
  wanted: boolean,
): StudioSession | null {
  const [session, setSession] = useState<StudioSession | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let open: StudioSession | null = null;
    let gone = false;
    void loadEngine().then(({ createStudioSession }) => {
      if (gone) return;
      open = createStudioSession({ studioId, guestToken, surface: recallSurface(), ...recallDevices() });
      setSession(remembering(open));
    });
    return () => {
      gone = true;
      setSession(null);
      void open?.close();
    };
  }, [studioId, guestToken, wanted]);
  return session;
}
