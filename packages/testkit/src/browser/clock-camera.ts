import { cellsOf, PATTERN, type Pattern } from '../clock-pattern/pattern.ts';

export type FakeDeviceState = 'works' | 'denied' | 'busy' | 'absent';

export interface ClockCameraOptions {
  /** Solid colour of the camera, `#rrggbb`: whose picture it is. */
  readonly colour: string;
  readonly screenColour: string;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** Time between flashes (and beeps). */
  readonly periodMs: number;
  /** Pitch of the microphone's beep; the screen's sound beeps at one and a half of it. */
  readonly beepHz: number;
  readonly camera: FakeDeviceState;
  readonly microphone: FakeDeviceState;
  readonly screen: FakeDeviceState;
}

const DEFAULTS: ClockCameraOptions = {
  colour: '#2f6fb2',
  screenColour: '#6a6a2f',
  width: 640,
  height: 360,
  fps: 15,
  periodMs: 1000,
  beepHz: 1000,
  camera: 'works',
  microphone: 'works',
  screen: 'works',
};

/** What tests can do with the fake devices of a page. */
export interface ClockCameraControl {
  /** Ends the tracks as a pulled plug does. */
  unplug(device: 'camera' | 'microphone' | 'screen'): void;
  setState(device: 'camera' | 'microphone' | 'screen', state: FakeDeviceState): void;
}

declare global {
  interface Window {
    clockCamera: ClockCameraControl;
  }
}

/**
 * Script for `page.addInitScript({ content })`: replaces the page's devices by cameras, microphones and screens that
 * show and sound the clock pattern. Two cameras, two microphones. Start the browser with
 * `--autoplay-policy=no-user-gesture-required`, or there are no beeps before the first click.
 */
export function clockCameraScript(options: Partial<ClockCameraOptions> = {}): string {
  const settings = JSON.stringify({ ...DEFAULTS, ...options });
  return `(${installClockCamera.toString()})(${settings}, ${JSON.stringify(PATTERN)}, ${cellsOf.toString()});`;
}

/** Runs in the page, from its source text: uses nothing but its arguments and the browser. */
function installClockCamera(
  options: ClockCameraOptions,
  pattern: Pattern,
  cells: (counter: number) => boolean[],
): void {
  const media: MediaDevices | undefined = navigator.mediaDevices;
  if (media === undefined) return;
  type Device = 'camera' | 'microphone' | 'screen';
  const states: Record<Device, FakeDeviceState> = {
    camera: options.camera,
    microphone: options.microphone,
    screen: options.screen,
  };
  const live: Record<Device, Set<MediaStreamTrack>> = {
    camera: new Set(),
    microphone: new Set(),
    screen: new Set(),
  };
  let context: AudioContext | null = null;

  /** Picture, sound and counter follow the wall clock: all cameras agree, and a reload goes on where it was. */
  const clockMs = (): number => performance.timeOrigin + performance.now();

  function refuse(device: Device): void {
    switch (states[device]) {
      case 'works':
        return;
      case 'denied':
        throw new DOMException('Permission denied', 'NotAllowedError');
      case 'busy':
        throw new DOMException('Could not start the source', 'NotReadableError');
      case 'absent':
        throw new DOMException('Requested device not found', 'NotFoundError');
    }
  }

  function own(
    device: Device,
    track: MediaStreamTrack,
    settings: MediaTrackSettings,
    release: () => void,
  ): void {
    live[device].add(track);
    const stop = track.stop.bind(track);
    track.stop = () => {
      stop();
      release();
      live[device].delete(track);
    };
    track.getSettings = () => settings;
  }

  /** Ticks that go on in a hidden tab: a worker's, or the page's own where its policy forbids such workers. */
  function every(ms: number, tick: () => void): () => void {
    let timer = 0;
    const byPage = (): void => {
      if (timer === 0) timer = window.setInterval(tick, ms);
    };
    try {
      const source = `setInterval(() => postMessage(0), ${ms});`;
      const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
      const worker = new Worker(url);
      worker.addEventListener('message', tick);
      worker.addEventListener('error', byPage);
      return () => {
        worker.terminate();
        clearInterval(timer);
        URL.revokeObjectURL(url);
      };
    } catch {
      byPage();
      return () => clearInterval(timer);
    }
  }

  function drawFrame(
    canvas: CanvasRenderingContext2D,
    colour: string,
    counter: number,
    flash: boolean,
  ): void {
    const { width, height } = canvas.canvas;
    const fill = (x: number, y: number, w: number, h: number, style: string): void => {
      canvas.fillStyle = style;
      const left = Math.round(x * width);
      const top = Math.round(y * height);
      canvas.fillRect(left, top, Math.round((x + w) * width) - left, Math.round((y + h) * height) - top);
    };
    const level = (white: boolean): string => (white ? '#ffffff' : '#000000');
    fill(0, 0, 1, 1, colour);
    fill(pattern.flash.x, pattern.flash.y, pattern.flash.width, pattern.flash.height, level(flash));
    const cellWidth = pattern.cells.width / pattern.columns;
    const cellHeight = pattern.cells.height / pattern.rows;
    cells(counter).forEach((white, index) => {
      const x = pattern.cells.x + (index % pattern.columns) * cellWidth;
      const y = pattern.cells.y + Math.floor(index / pattern.columns) * cellHeight;
      fill(x, y, cellWidth, cellHeight, level(white));
    });
  }

  function createPicture(device: Device, colour: string, deviceId: string): MediaStreamTrack {
    const element = document.createElement('canvas');
    element.width = options.width;
    element.height = options.height;
    const canvas = element.getContext('2d');
    const stream = element.captureStream(0);
    const [track] = stream.getVideoTracks();
    // In the standard the track is asked for a frame, in Firefox the stream.
    const capture = [track, stream].find((one) => one !== undefined && 'requestFrame' in one);
    const requestFrame: unknown = capture && Reflect.get(capture, 'requestFrame');
    if (canvas === null || track === undefined || typeof requestFrame !== 'function') {
      throw new DOMException('no canvas capture', 'NotSupportedError');
    }
    let shown = -1;
    const show = (): void => {
      const nowMs = clockMs();
      const counter = Math.floor((nowMs * options.fps) / 1000);
      if (counter === shown) return;
      shown = counter;
      drawFrame(canvas, colour, counter, nowMs % options.periodMs < pattern.flashMs);
      Reflect.apply(requestFrame, capture, []);
    };
    show();
    // Twice as often as frames are due: a tick that comes a little early would else skip one.
    const stopTicks = every(500 / options.fps, show);
    own(
      device,
      track,
      {
        deviceId,
        width: options.width,
        height: options.height,
        frameRate: options.fps,
        aspectRatio: options.width / options.height,
      },
      stopTicks,
    );
    return track;
  }

  function createSound(device: Device, hz: number, deviceId: string): MediaStreamTrack {
    context ??= new AudioContext({ sampleRate: 48_000 });
    const audio = context;
    const destination = audio.createMediaStreamDestination();
    const oscillator = audio.createOscillator();
    const gain = audio.createGain();
    oscillator.frequency.value = hz;
    gain.gain.value = 0;
    oscillator.connect(gain).connect(destination);
    oscillator.start();
    let scheduledMs = 0;
    const schedule = (): void => {
      if (audio.state !== 'running') {
        // Allowed from the first gesture on, or at once by the switch named above.
        audio.resume().catch(() => undefined);
        return;
      }
      const nowMs = clockMs();
      const nextMs = (Math.floor(nowMs / options.periodMs) + 1) * options.periodMs;
      if (nextMs === scheduledMs || nextMs - nowMs > options.periodMs / 2) return;
      scheduledMs = nextMs;
      const start = audio.currentTime + (nextMs - nowMs) / 1000;
      gain.gain.setValueAtTime(0.5, start);
      gain.gain.setValueAtTime(0, start + pattern.beepMs / 1000);
    };
    schedule();
    const stopTicks = every(50, schedule);
    const [track] = destination.stream.getAudioTracks();
    if (track === undefined) throw new DOMException('no sound', 'NotSupportedError');
    own(device, track, { deviceId, sampleRate: 48_000, channelCount: 1 }, () => {
      stopTicks();
      oscillator.stop();
      gain.disconnect();
    });
    return track;
  }

  function wantedId(constraint: boolean | MediaTrackConstraints | undefined, fallback: string): string {
    if (typeof constraint !== 'object') return fallback;
    const wanted = constraint.deviceId;
    const exact = typeof wanted === 'object' && !Array.isArray(wanted) ? wanted.exact : wanted;
    return typeof exact === 'string' ? exact : fallback;
  }

  function checkId(id: string, known: readonly string[]): string {
    if (!known.includes(id)) throw new DOMException('no such device', 'OverconstrainedError');
    return id;
  }

  media.getUserMedia = async (constraints = {}) => {
    const tracks: MediaStreamTrack[] = [];
    if (constraints.video) refuse('camera');
    if (constraints.audio) refuse('microphone');
    if (constraints.video) {
      const id = checkId(wantedId(constraints.video, 'camera-1'), ['camera-1', 'camera-2']);
      tracks.push(createPicture('camera', options.colour, id));
    }
    if (constraints.audio) {
      const id = checkId(wantedId(constraints.audio, 'microphone-1'), ['microphone-1', 'microphone-2']);
      tracks.push(createSound('microphone', options.beepHz, id));
    }
    return new MediaStream(tracks);
  };

  media.getDisplayMedia = async (constraints = {}) => {
    refuse('screen');
    const tracks = [createPicture('screen', options.screenColour, 'screen-1')];
    if (constraints.audio) tracks.push(createSound('screen', options.beepHz * 1.5, 'screen-1'));
    return new MediaStream(tracks);
  };

  media.enumerateDevices = async () => {
    const device = (kind: MediaDeviceKind, deviceId: string, label: string): MediaDeviceInfo => ({
      kind,
      deviceId,
      label,
      groupId: 'clock',
      toJSON: () => ({ kind, deviceId, label, groupId: 'clock' }),
    });
    const cameras = [
      device('videoinput', 'camera-1', 'Clock camera'),
      device('videoinput', 'camera-2', 'Second clock camera'),
    ];
    const microphones = [
      device('audioinput', 'microphone-1', 'Clock microphone'),
      device('audioinput', 'microphone-2', 'Second clock microphone'),
    ];
    return [
      ...(states.camera === 'absent' ? [] : cameras),
      ...(states.microphone === 'absent' ? [] : microphones),
    ];
  };

  window.clockCamera = {
    unplug(device) {
      for (const track of [...live[device]]) {
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
    },
    setState(device, state) {
      states[device] = state;
      media.dispatchEvent(new Event('devicechange'));
    },
  };
}
