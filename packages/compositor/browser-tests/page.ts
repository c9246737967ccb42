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
  mix.setTracks(new Map(microphone.stream.getAudioTracks().map((track) => ['person', track])));

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
