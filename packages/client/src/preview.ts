import { createStore } from 'zustand/vanilla';
import { createCapture } from './capture.ts';
import { createDeviceList } from './device-list.ts';
import { createLevelMeter } from './level-meter.ts';
import type { DevicePreview, DevicePreviewView } from './session.ts';

const OFF = { on: false, starting: false, deviceId: null, problem: null };

/** The device check before entering a studio. Nothing is sent anywhere. */
export function createDevicePreview(): DevicePreview {
  const store = createStore<DevicePreviewView>(() => ({
    camera: OFF,
    microphone: OFF,
    devices: { cameras: [], microphones: [] },
    level: 0,
  }));
  const elements = new Set<HTMLVideoElement>();
  const meter = createLevelMeter((level) => store.setState({ level }));
  const list = createDeviceList(() => store.setState({ devices: list.choices }));
  const camera = createCapture({ kind: 'camera', deviceId: null, onChange: show });
  const microphone = createCapture({ kind: 'microphone', deviceId: null, onChange: show });

  function show(): void {
    store.setState({ camera: camera.device, microphone: microphone.device });
    meter.setTrack(microphone.track);
    for (const element of elements) showTrack(element, camera.track);
  }

  return {
    store,
    async start() {
      // One after the other: two prompts at once are merged by no browser and confuse people.
      await camera.setOn(true);
      await microphone.setOn(true);
      await list.refresh();
      meter.resume();
    },
    setCamera: (on) => camera.setOn(on),
    setMicrophone: (on) => microphone.setOn(on),
    chooseCamera: (deviceId) => camera.choose(deviceId),
    chooseMicrophone: (deviceId) => microphone.choose(deviceId),
    attach(element) {
      elements.add(element);
      showTrack(element, camera.track);
      return () => {
        elements.delete(element);
        showTrack(element, null);
      };
    },
    async close() {
      for (const element of elements) showTrack(element, null);
      elements.clear();
      camera.close();
      microphone.close();
      meter.close();
      list.close();
    },
  };
}

/** Shows one video track in an element, muted; null leaves it empty. */
export function showTrack(element: HTMLVideoElement, track: MediaStreamTrack | null): void {
  const current =
    element.srcObject instanceof MediaStream ? element.srcObject.getVideoTracks()[0] : undefined;
  if (track === null) {
    element.srcObject = null;
    return;
  }
  if (current === track) return;
  element.muted = true;
  element.playsInline = true;
  element.autoplay = true;
  element.srcObject = new MediaStream([track]);
  // Interrupted by the next srcObject or a detached element; autoplay starts it when it can.
  element.play().catch(() => undefined);
}
