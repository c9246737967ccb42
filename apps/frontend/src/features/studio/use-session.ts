'use client';
import type { StudioSession } from '@streamus/client';
import { useEffect, useState } from 'react';
import { recallDevices, rememberDevices } from '../devices/device-memory.ts';
import { loadEngine } from '../devices/engine.ts';

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
    let stop = () => {};
    void loadEngine().then(({ createStudioSession }) => {
      if (gone) return;
      open = createStudioSession({ studioId, guestToken, ...recallDevices() });
      stop = keepDevices(open);
      setSession(open);
    });
    return () => {
      gone = true;
      stop();
      setSession(null);
      void open?.close();
    };
  }, [studioId, guestToken, wanted]);
  return session;
}

/** A device that fails is remembered as wanted: it comes back on the next visit. */
function keepDevices(session: StudioSession): () => void {
  return session.store.subscribe((now, before) => {
    if (now.camera === before.camera && now.microphone === before.microphone) return;
    const memory = recallDevices();
    rememberDevices({
      cameraId: now.camera.deviceId ?? memory.cameraId,
      microphoneId: now.microphone.deviceId ?? memory.microphoneId,
      cameraOn: now.camera.problem || now.camera.starting ? memory.cameraOn : now.camera.on,
      microphoneOn:
        now.microphone.problem || now.microphone.starting ? memory.microphoneOn : now.microphone.on,
    });
  });
}
