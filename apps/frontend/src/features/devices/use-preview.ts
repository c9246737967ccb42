'use client';
import type { DevicePreview } from '@streamus/client';
import { useEffect, useRef, useState } from 'react';
import { recallDevices, remembering } from './device-memory.ts';
import { loadEngine } from './engine.ts';

/**
 * Opens camera and microphone as they were left last time; closes them when the check goes away.
 * @param load what is needed after it: whoever looks into the mirror enters next
 */
export function usePreview(load: () => Promise<unknown>): DevicePreview | null {
  const next = useRef(load);
  const [preview, setPreview] = useState<DevicePreview | null>(null);
  useEffect(() => {
    let open: DevicePreview | null = null;
    let gone = false;
    void import('@streamus/client/preview').then(({ createDevicePreview }) => {
      if (gone) return;
      open = createDevicePreview();
      setPreview(remembering(open));
      void start(open);
      void loadEngine();
      void next.current();
    });
    return () => {
      gone = true;
      void open?.close();
    };
  }, []);
  return preview;
}

async function start(preview: DevicePreview): Promise<void> {
  const memory = recallDevices();
  if (memory.cameraId !== null) await preview.chooseCamera(memory.cameraId);
  if (memory.microphoneId !== null) await preview.chooseMicrophone(memory.microphoneId);
  await preview.start();
  if (!memory.cameraOn) await preview.setCamera(false);
  if (!memory.microphoneOn) await preview.setMicrophone(false);
}
