import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createCapture } from './capture.ts';

class FakeTrack extends EventTarget {
  enabled = true;
  stopped = false;
  readonly deviceId: string;

  constructor(deviceId: string) {
    super();
    this.deviceId = deviceId;
  }

  stop(): void {
    this.stopped = true;
  }

  getSettings() {
    return { deviceId: this.deviceId };
  }
}

/** Devices by id; an error name makes one fail. */
let devices: Map<string, string | null>;
let opened: FakeTrack[];

beforeEach(() => {
  devices = new Map([
    ['one', null],
    ['two', null],
  ]);
  opened = [];
  vi.stubGlobal('navigator', {
    mediaDevices: {
      async getUserMedia(constraints: { video?: unknown; audio?: unknown }) {
        const wanted = JSON.stringify(constraints).match(/"exact":"(\w+)"/)?.[1] ?? [...devices.keys()][0];
        const failure = wanted === undefined ? 'NotFoundError' : devices.get(wanted);
        if (failure === undefined) throw new DOMException('gone', 'OverconstrainedError');
        if (failure !== null) throw new DOMException('no', failure);
        const track = new FakeTrack(wanted ?? '');
        opened.push(track);
        return { getTracks: () => [track] };
      },
    },
  });
});

afterEach(() => vi.unstubAllGlobals());

function create(kind: 'camera' | 'microphone', deviceId: string | null = null) {
  const onChange = vi.fn();
  return { capture: createCapture({ kind, deviceId, onChange }), onChange };
}

describe('capture', () => {
  test('a camera that is off is released, a microphone that is off stays open and silent', async () => {
    const { capture: camera } = create('camera');
    await camera.setOn(true);
    await camera.setOn(false);
    expect(opened[0]).toMatchObject({ stopped: true });
    expect(camera.track).toBeNull();
    const { capture: microphone } = create('microphone');
    await microphone.setOn(true);
    await microphone.setOn(false);
    expect(opened[1]).toMatchObject({ stopped: false, enabled: false });
    await microphone.setOn(true);
    expect(opened).toHaveLength(2);
    expect(microphone.track?.enabled).toBe(true);
  });

  test('two quick clicks open the device once', async () => {
    const { capture } = create('camera');
    await Promise.all([capture.setOn(true), capture.setOn(true)]);
    expect(opened).toHaveLength(1);
  });

  test('a remembered device that is gone is replaced by any other', async () => {
    const { capture } = create('camera', 'gone');
    await capture.setOn(true);
    expect(capture.device).toMatchObject({ on: true, deviceId: 'one', problem: null });
  });

  test('a device that fails is explained, and choosing another one is the cure', async () => {
    devices.set('one', 'NotReadableError');
    const { capture } = create('camera');
    await capture.setOn(true);
    expect(capture.device).toMatchObject({ on: false, starting: false, problem: 'busy' });
    await capture.choose('two');
    expect(capture.device).toMatchObject({ on: true, deviceId: 'two', problem: null });
  });

  test('a switch that fails keeps what works', async () => {
    const { capture } = create('camera');
    await capture.setOn(true);
    devices.set('two', 'NotAllowedError');
    await capture.choose('two');
    expect(capture.device).toMatchObject({ on: true, problem: 'denied' });
    expect(opened[0]?.stopped).toBe(false);
  });

  test('another microphone for one that is muted stays muted', async () => {
    const { capture } = create('microphone');
    await capture.setOn(true);
    await capture.setOn(false);
    await capture.choose('two');
    expect(capture.device).toMatchObject({ on: false, deviceId: 'two' });
    expect(opened[1]?.enabled).toBe(false);
  });

  test('a pulled plug is said, and the device can be switched on again', async () => {
    const { capture, onChange } = create('camera');
    await capture.setOn(true);
    onChange.mockClear();
    opened[0]?.dispatchEvent(new Event('ended'));
    expect(onChange).toHaveBeenCalled();
    expect(capture.device).toMatchObject({ on: false, problem: 'unplugged' });
    await capture.setOn(true);
    expect(capture.device).toMatchObject({ on: true, problem: null });
  });

  test('without capture in this browser it says so', async () => {
    vi.stubGlobal('navigator', {});
    const { capture } = create('camera');
    await capture.setOn(true);
    expect(capture.device.problem).toBe('unsupported');
  });

  test('a device that opens after the end is let go at once', async () => {
    const { capture } = create('camera');
    const opening = capture.setOn(true);
    capture.close();
    await opening;
    expect(opened.every(({ stopped }) => stopped)).toBe(true);
  });
});
