import { deviceProblem } from './device-problem.ts';
import { SCREEN_AUDIO } from './publications.ts';
import type { DeviceProblem, StudioView } from './session.ts';

/** One's own screen share, with its sound where the browser gives it. Owns its tracks. */
export interface ScreenShare {
  readonly view: StudioView['screen'];
  readonly video: MediaStreamTrack | null;
  readonly audio: MediaStreamTrack | null;
  start(): Promise<void>;
  stop(): void;
}

/** `onStopped` tells that a share ended, by whatever hand. */
export function createScreenShare(onChange: () => void, onStopped: () => void): ScreenShare {
  let video: MediaStreamTrack | null = null;
  let audio: MediaStreamTrack | null = null;
  let problem: DeviceProblem | null = null;

  function release(): void {
    for (const track of [video, audio]) {
      track?.removeEventListener('ended', stop);
      track?.stop();
    }
    video = null;
    audio = null;
  }

  /** Also when the browser's own bar ends the share. */
  function stop(): void {
    const wasOn = video !== null;
    release();
    onChange();
    if (wasOn) onStopped();
  }

  return {
    get view() {
      return { on: video !== null, audio: audio !== null, problem };
    },
    get video() {
      return video;
    },
    get audio() {
      return audio;
    },
    async start() {
      problem = null;
      try {
        const stream = await navigator.mediaDevices.getDisplayMedia({
          video: { frameRate: { ideal: 15, max: 30 } },
          audio: { ...SCREEN_AUDIO },
        });
        release();
        video = stream.getVideoTracks()[0] ?? null;
        audio = stream.getAudioTracks()[0] ?? null;
        if (video !== null) video.contentHint = 'detail';
        video?.addEventListener('ended', stop);
      } catch (error) {
        problem = deviceProblem(error);
      }
      onChange();
    },
    stop,
  };
}
