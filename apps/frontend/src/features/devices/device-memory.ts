import type { DevicePreview } from '@streamus/client';
import { z } from 'zod';
import { recall, remember } from '@/lib/stored.ts';

const schema = z.object({
  cameraId: z.string().nullable(),
  microphoneId: z.string().nullable(),
  cameraOn: z.boolean(),
  microphoneOn: z.boolean(),
});
export type DeviceMemory = z.infer<typeof schema>;

const KEY = 'streamus.devices';
const fresh: DeviceMemory = { cameraId: null, microphoneId: null, cameraOn: true, microphoneOn: true };

/** Devices and switches as this person left them last time. */
export function recallDevices(): DeviceMemory {
  return recall(KEY, schema) ?? fresh;
}

function keep(change: Partial<DeviceMemory>): void {
  remember(KEY, { ...recallDevices(), ...change });
}

type DeviceSwitches = Pick<
  DevicePreview,
  'setCamera' | 'setMicrophone' | 'chooseCamera' | 'chooseMicrophone'
>;

/**
 * The same thing, but what the person chooses is remembered. Only choices are: a device that is still starting, fails
 * or is muted by the host says nothing about what the person wants next time.
 */
export function remembering<T extends DeviceSwitches>(target: T): T {
  return {
    ...target,
    setCamera(on: boolean) {
      keep({ cameraOn: on });
      return target.setCamera(on);
    },
    setMicrophone(on: boolean) {
      keep({ microphoneOn: on });
      return target.setMicrophone(on);
    },
    chooseCamera(id: string) {
      keep({ cameraId: id });
      return target.chooseCamera(id);
    },
    chooseMicrophone(id: string) {
      keep({ microphoneId: id });
      return target.chooseMicrophone(id);
    },
  };
}
