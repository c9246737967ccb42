/** Measures how loud a track is, 0..1, ten times a second until closed. */
export interface LevelMeter {
  setTrack(track: MediaStreamTrack | null): void;
  /** Browsers that wait for a user gesture before sound runs need this from within one. */
  resume(): void;
  close(): void;
}

const EVERY_MS = 100;
/** Quieter than this is silence on the meter. */
const FLOOR_DB = -60;

/** Loudness 0..1 of samples in -1..1, even in decibels: -60 dB and below is 0, full scale is 1. */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return loudnessOf(Math.sqrt(sum / Math.max(1, samples.length)));
}

/** Loudness 0..1 of an amplitude 0..1, which is how the room tells the levels of others. */
export function loudnessOf(amplitude: number): number {
  const decibels = 20 * Math.log10(amplitude + 1e-6);
  return Math.min(1, Math.max(0, 1 - decibels / FLOOR_DB));
}

export function createLevelMeter(onLevel: (level: number) => void): LevelMeter {
  let context: AudioContext | null = null;
  let analyser: AnalyserNode | null = null;
  let source: MediaStreamAudioSourceNode | null = null;
  let measured: MediaStreamTrack | null = null;
  let last = 0;
  const samples = new Float32Array(2048);

  function measure(): void {
    let level = 0;
    if (analyser !== null && measured?.enabled) {
      analyser.getFloatTimeDomainData(samples);
      level = Math.round(loudness(samples) * 100) / 100;
    }
    if (level === last) return;
    last = level;
    onLevel(level);
  }

  const timer = setInterval(measure, EVERY_MS);
  return {
    setTrack(track) {
      if (track === measured) return;
      measured = track;
      source?.disconnect();
      source = null;
      if (track === null) return;
      context ??= new AudioContext();
      analyser ??= new AnalyserNode(context, { fftSize: 2048 });
      source = new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) });
      source.connect(analyser);
    },
    resume() {
      // Refused outside of a gesture; the next gesture tries again.
      if (context?.state === 'suspended') context.resume().catch(() => undefined);
    },
    close() {
      clearInterval(timer);
      source?.disconnect();
      // Closing twice rejects; closed is what was wanted.
      context?.close().catch(() => undefined);
    },
  };
}
