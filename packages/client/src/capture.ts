import { deviceProblem } from './device-problem.ts';
import type { LocalDevice } from './session.ts';

export type CaptureKind = 'camera' | 'microphone';

/** One's own camera or microphone: gets the track, follows its fate, lets it go. Owns the track. */
export interface Capture {
  readonly device: LocalDevice;
  readonly track: MediaStreamTrack | null;
  /** Switches on or off. A microphone that is off stays open but silent, so that unmuting is instant. */
  setOn(on: boolean): Promise<void>;
  choose(deviceId: string): Promise<void>;
  /** Somebody else muted it: shown as off, nothing is released. */
  noteMuted(): void;
  close(): void;
}

const CONSTRAINTS: Record<CaptureKind, MediaTrackConstraints> = {
  camera: { width: { ideal: 1920 }, height: { ideal: 1080 }, frameRate: { ideal: 30, max: 30 } },
  microphone: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
};

async function open(kind: CaptureKind, deviceId: string | null): Promise<MediaStreamTrack> {
  // Old browsers and pages without HTTPS have no mediaDevices at all.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices === undefined) throw new DOMException('no capture here', 'NotSupportedError');
  const constraints = {
    ...CONSTRAINTS[kind],
    ...(deviceId === null ? {} : { deviceId: { exact: deviceId } }),
  };
  const stream = await devices.getUserMedia(
    kind === 'camera' ? { video: constraints } : { audio: constraints },
  );
  const [track] = stream.getTracks();
  if (track === undefined) throw new DOMException('the device gave no track', 'NotFoundError');
  return track;
}

/** A remembered device that is gone is no reason to have none: any other will do. */
async function openAny(kind: CaptureKind, deviceId: string | null): Promise<MediaStreamTrack> {
  try {
    return await open(kind, deviceId);
  } catch (error) {
    if (deviceId === null || deviceProblem(error) !== 'absent') throw error;
    return open(kind, null);
  }
}

export function createCapture(options: {
  kind: CaptureKind;
  deviceId: string | null;
  onChange: () => void;
}): Capture {
  const { kind, onChange } = options;
  let device: LocalDevice = { on: false, starting: false, deviceId: options.deviceId, problem: null };
  let track: MediaStreamTrack | null = null;
  let closed = false;
  let queue: Promise<void> = Promise.resolve();

  function set(change: Partial<LocalDevice>): void {
    device = { ...device, ...change };
    if (!closed) onChange();
  }

  function release(): void {
    track?.removeEventListener('ended', onEnded);
    track?.stop();
    track = null;
  }

  function onEnded(): void {
    release();
    set({ on: false, starting: false, problem: 'unplugged' });
  }

  async function acquire(deviceId: string | null, on: boolean): Promise<void> {
    if (closed) return;
    set({ starting: true, problem: null });
    try {
      const next = await openAny(kind, deviceId);
      release();
      if (closed) {
        next.stop();
        return;
      }
      track = next;
      track.enabled = on;
      track.addEventListener('ended', onEnded);
      set({ on, starting: false, deviceId: track.getSettings().deviceId ?? deviceId });
    } catch (error) {
      // A device that keeps running (a switch that failed) stays on beside the explanation.
      set({ on: track !== null && device.on, starting: false, problem: deviceProblem(error) });
    }
  }

  async function switchTo(on: boolean): Promise<void> {
    if (closed || on === device.on) return;
    if (on && track === null) return acquire(device.deviceId, true);
    if (kind === 'camera') release();
    else if (track !== null) track.enabled = on;
    set({ on, problem: null });
  }

  /** One change after the other: two quick clicks must not open the device twice. */
  function enqueue(step: () => Promise<void>): Promise<void> {
    queue = queue.then(step);
    return queue;
  }

  return {
    get device() {
      return device;
    },
    get track() {
      return track;
    },
    setOn: (on) => enqueue(() => switchTo(on)),
    choose: (deviceId) =>
      enqueue(async () => {
        if (track !== null) await acquire(deviceId, device.on);
        // Choosing another device is the answer to one that does not work; one that is off stays off.
        else if (device.problem !== null) await acquire(deviceId, true);
        else set({ deviceId });
      }),
    noteMuted() {
      if (track !== null) track.enabled = false;
      set({ on: false });
    },
    close() {
      closed = true;
      release();
    },
  };
}
