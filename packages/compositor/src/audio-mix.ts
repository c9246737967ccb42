/** A sound of the mix: one person's microphone or one screen's sound. */
export type AudioKey = string;

/** Mixes sounds into one 48 kHz stereo track that never falls silent by ending and never clips. */
export interface AudioMix {
  readonly track: MediaStreamTrack;
  /**
   * The sounds to hear, by key. A sound that is not in the map any more fades out and is let go. Tracks stay the
   * caller's; whether they are enabled is looked at in each call.
   */
  setTracks(tracks: ReadonlyMap<AudioKey, MediaStreamTrack>): void;
  /** suspended: the browser waits for a user gesture before `resume()` works. */
  readonly state: AudioContextState;
  resume(): Promise<void>;
  close(): Promise<void>;
}

interface Input {
  readonly track: MediaStreamTrack;
  /** A clone of the track. Chrome keeps a source, and all that hangs on its track, for as long as the track is live. */
  readonly own: MediaStreamTrack;
  readonly source: MediaStreamAudioSourceNode;
  readonly gain: GainNode;
  readonly element: HTMLAudioElement;
  /** How far the mix's clock was behind the machine's when the source began, seconds. */
  readonly behind: number;
}

/** Time constant of fades: inaudible as a click, gone within a syllable. */
const FADE_SECONDS = 0.015;
/** A busy machine, or a sound card slower than the clock: the mix lost time, and its sources queue as much. */
const LAG_LIMIT_SECONDS = 0.03;
const CHECK_MS = 250;
/** The mix's clock moves in steps of a buffer and is read late at times; the smallest of four readings is right. */
const READINGS = 4;

export function createAudioMix(): AudioMix {
  const context = new AudioContext({ sampleRate: 48_000, latencyHint: 'interactive' });
  const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 2 });
  const limiter = createLimiter(context);
  limiter.connect(destination);
  const inputs = new Map<AudioKey, Input>();
  const readings: number[] = [];
  const checks = setInterval(renewLate, CHECK_MS);
  const [track] = destination.stream.getAudioTracks();
  if (track === undefined) throw new Error('this browser gives no mixed sound track');

  function add(key: AudioKey, soundTrack: MediaStreamTrack): void {
    const own = soundTrack.clone();
    const stream = new MediaStream([own]);
    const source = new MediaStreamAudioSourceNode(context, { mediaStream: stream });
    const gain = new GainNode(context, { gain: 0 });
    source.connect(gain).connect(limiter);
    gain.gain.setTargetAtTime(1, context.currentTime, FADE_SECONDS);
    const element = silentPlayer(stream);
    inputs.set(key, { track: soundTrack, own, source, gain, element, behind: behind() });
  }

  function behind(): number {
    return performance.now() / 1000 - context.currentTime;
  }

  /**
   * A source's queue never shrinks by itself (Chrome keeps up to 0.1 s of it): what came while the mix stood still would
   * stay behind its picture for good. A source that begins anew has an empty queue.
   */
  function renewLate(): void {
    readings.push(behind());
    if (readings.length > READINGS) readings.shift();
    if (context.state !== 'running' || readings.length < READINGS) return;
    const now = Math.min(...readings);
    for (const [key, input] of [...inputs]) {
      if (now - input.behind < LAG_LIMIT_SECONDS) continue;
      remove(key);
      add(key, input.track);
    }
  }

  function remove(key: AudioKey): void {
    const input = inputs.get(key);
    if (input === undefined) return;
    inputs.delete(key);
    input.gain.gain.cancelScheduledValues(context.currentTime);
    input.gain.gain.setTargetAtTime(0, context.currentTime, FADE_SECONDS);
    setTimeout(() => release(input), FADE_SECONDS * 10_000);
  }

  function release(input: Input): void {
    input.source.disconnect();
    input.gain.disconnect();
    input.element.srcObject = null;
    input.own.stop();
  }

  return {
    track,
    setTracks(tracks) {
      for (const [key, input] of [...inputs]) if (tracks.get(key) !== input.track) remove(key);
      for (const [key, soundTrack] of tracks) {
        const known = inputs.get(key);
        if (known === undefined) add(key, soundTrack);
        else known.own.enabled = soundTrack.enabled;
      }
    },
    get state() {
      return context.state;
    },
    async resume() {
      if (context.state !== 'suspended') return;
      // Rejects only when the mix is closed meanwhile.
      await context.resume().catch(() => undefined);
    },
    async close() {
      clearInterval(checks);
      for (const input of inputs.values()) release(input);
      inputs.clear();
      track.stop();
      if (context.state !== 'closed') await context.close();
    },
  };
}

/** Loud moments of several people at once stay below full scale: 1 dB under, 20:1, 3 ms attack. */
function createLimiter(context: AudioContext): DynamicsCompressorNode {
  return new DynamicsCompressorNode(context, {
    threshold: -6,
    knee: 0,
    ratio: 20,
    attack: 0.003,
    release: 0.15,
  });
}

/** Chrome lets sound of remote tracks flow into a mix only while an element plays them (media.md 4.3). */
function silentPlayer(stream: MediaStream): HTMLAudioElement {
  const element = new Audio();
  element.muted = true;
  element.srcObject = stream;
  // A muted element may always play; a track that ended meanwhile rejects, and there is nothing to hear then.
  element.play().catch(() => undefined);
  return element;
}
