import type { DeviceChoices, DeviceOption } from './session.ts';

/** Cameras and microphones to choose from, kept up to date until closed. */
export interface DeviceList {
  readonly choices: DeviceChoices;
  /** Labels appear once a permission was given: ask again then. */
  refresh(): Promise<void>;
  close(): void;
}

export function createDeviceList(onChange: () => void): DeviceList {
  let choices: DeviceChoices = { cameras: [], microphones: [] };
  // Old browsers and pages without HTTPS have no mediaDevices at all.
  const media: MediaDevices | undefined = navigator.mediaDevices;

  async function refresh(): Promise<void> {
    if (media === undefined) return;
    const devices = await media.enumerateDevices().catch(() => []);
    choices = { cameras: optionsOf(devices, 'videoinput'), microphones: optionsOf(devices, 'audioinput') };
    onChange();
  }

  const onDeviceChange = (): void => void refresh();
  media?.addEventListener('devicechange', onDeviceChange);
  return {
    get choices() {
      return choices;
    },
    refresh,
    close: () => media?.removeEventListener('devicechange', onDeviceChange),
  };
}

function optionsOf(devices: readonly MediaDeviceInfo[], kind: MediaDeviceKind): DeviceOption[] {
  return devices
    .filter((device) => device.kind === kind && device.deviceId !== '')
    .map((device) => ({ id: device.deviceId, label: device.label }));
}
