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

export function rememberDevices(devices: DeviceMemory): void {
  remember(KEY, devices);
}
