import { createAudioMix } from '../src/audio-mix.ts';

declare global {
  interface Window {
    readonly mixLag: MixLag;
  }
}

/** Measures how late a sound leaves the mix, and lets the mix lose time as a busy machine makes it. */
interface MixLag {
  /** Milliseconds from a beep at a source to the same beep in the mixed track, median of several. */
  measure(): Promise<number>;
  loseTime(ms: number): Promise<void>;
  /** The loudest sample of a fifth of a second while the source sounds. */
  loudest(): Promise<number>;
  setMuted(muted: boolean): void;
  /** So many others are heard one after the other, and no more. Nobody ends their tracks, as in a room. */
  comeAndGo(others: number): void;
}

const BEEPS = 5;
const LOUD = 0.1;

function isAudio(track: MediaStreamTrack): track is MediaStreamAudioTrack {
  return track.kind === 'audio';
}

function install(): MixLag {
  const contexts: AudioContext[] = [];
  const Original = window.AudioContext;
  window.AudioContext = class extends Original {
    constructor(options?: AudioContextOptions) {
      super(options);
      contexts.push(this);
    }
  };
  const mix = createAudioMix();
  const [mixing] = contexts;
  if (mixing === undefined) throw new Error('the mix made no context');

  const context = new Original({ sampleRate: 48_000 });
  const gain = new GainNode(context, { gain: 0 });
  const oscillator = new OscillatorNode(context);
  const microphone = new MediaStreamAudioDestinationNode(context);
  oscillator.connect(gain).connect(microphone);
  oscillator.start();
  const own = microphone.stream.getAudioTracks().map((track) => ['person', track] as const);
  mix.setTracks(new Map(own));

  if (!isAudio(mix.track)) throw new Error('the mixed track is no sound');
  const processor = new MediaStreamTrackProcessor({ track: mix.track });
  const reader = processor.readable.getReader();

  async function untilLevel(wanted: (peak: number) => boolean): Promise<number> {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) throw new Error('the mixed track ended');
      const samples = new Float32Array(value.numberOfFrames);
      value.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
      value.close();
      if (wanted(samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0))) {
        return performance.now();
      }
    }
  }

  async function beep(): Promise<number> {
    await untilLevel((peak) => peak < 0.001);
    const began = performance.now();
    gain.gain.setValueAtTime(0.5, context.currentTime);
    const heard = await untilLevel((peak) => peak > LOUD);
    gain.gain.setValueAtTime(0, context.currentTime);
    return heard - began;
  }

  return {
    async loudest() {
      gain.gain.setValueAtTime(0.5, context.currentTime);
      const peaks: number[] = [];
      const began = performance.now();
      await untilLevel((peak) => {
        peaks.push(peak);
        return performance.now() - began > 200;
      });
      gain.gain.setValueAtTime(0, context.currentTime);
      return Math.max(...peaks);
    },
    setMuted(muted) {
      for (const [, track] of own) track.enabled = !muted;
      mix.setTracks(new Map(own));
    },
    comeAndGo(others) {
      for (let count = 0; count < others; count += 1) {
        for (const [, track] of own) mix.setTracks(new Map([...own, ['other', track.clone()]]));
      }
      mix.setTracks(new Map(own));
    },
    async measure() {
      const lags: number[] = [];
      for (let count = 0; count < BEEPS; count += 1) lags.push(await beep());
      return lags.sort((a, b) => a - b)[Math.floor(BEEPS / 2)] ?? Number.NaN;
    },
    async loseTime(ms) {
      await mixing.suspend();
      await new Promise((resolve) => setTimeout(resolve, ms));
      await mixing.resume();
    },
  };
}

Object.assign(window, { mixLag: install() });
