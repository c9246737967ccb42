import type { LocalDevice } from '@streamus/client';
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

function rememberDevices(devices: DeviceMemory): void {
  remember(KEY, devices);
}

/** Keeps what is on now. A device that fails stays remembered as wanted: it comes back on the next visit. */
export function keepDevices(now: { readonly camera: LocalDevice; readonly microphone: LocalDevice }): void {
  const memory = recallDevices();
  const unsure = (device: LocalDevice) => device.problem !== null || device.starting;
  rememberDevices({
    cameraId: now.camera.deviceId ?? memory.cameraId,
    microphoneId: now.microphone.deviceId ?? memory.microphoneId,
    cameraOn: unsure(now.camera) ? memory.cameraOn : now.camera.on,
    microphoneOn: unsure(now.microphone) ? memory.microphoneOn : now.microphone.on,
  });
}
