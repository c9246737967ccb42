export type PlaybackState = 'loading' | 'playing' | 'reconnecting' | 'unsupported';

/** Between two tries after the playlist or the network failed, ms. */
const RETRY_MS = 2000;
/** Damage within this time after a recovery is the same damage, ms. */
const DAMAGE_MS = 5000;

export interface LivePlayback {
  /** Jumps to the newest picture. */
  toLive(): void;
  close(): void;
}

/** Plays a live playlist until closed; heals by itself whatever breaks in between. */
export async function attachLive(
  element: HTMLVideoElement,
  playlist: string,
  onState: (state: PlaybackState) => void,
): Promise<LivePlayback> {
  const { default: Hls } = await import('hls.js/light');
  if (Hls.isSupported()) return playWithHls(Hls, element, playlist, onState);
  if (element.canPlayType('application/vnd.apple.mpegurl') !== '')
    return playNatively(element, playlist, onState);
  onState('unsupported');
  return { toLive() {}, close() {} };
}

type HlsClass = typeof import('hls.js/light').default;

function playWithHls(
  Hls: HlsClass,
  element: HTMLVideoElement,
  playlist: string,
  onState: (state: PlaybackState) => void,
): LivePlayback {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  let recoveredAt = -DAMAGE_MS;
  let hls = start();

  function start(): InstanceType<HlsClass> {
    const next = new Hls({ liveSyncDurationCount: 2, backBufferLength: 30 });
    next.on(Hls.Events.ERROR, (_event, data) => {
      if (!data.fatal) return;
      // A damaged picture is skipped once; damage again so soon means to start over at the newest picture.
      if (data.type === Hls.ErrorTypes.MEDIA_ERROR && performance.now() - recoveredAt > DAMAGE_MS) {
        recoveredAt = performance.now();
        next.recoverMediaError();
        return;
      }
      onState('reconnecting');
      restartLater();
    });
    next.loadSource(playlist);
    next.attachMedia(element);
    return next;
  }

  function restartLater(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (closed) return;
      hls.destroy();
      hls = start();
    }, RETRY_MS);
  }

  const playing = () => onState('playing');
  element.addEventListener('playing', playing);
  return {
    toLive() {
      const edge = hls.liveSyncPosition;
      if (edge !== null && Number.isFinite(edge)) element.currentTime = edge;
    },
    close() {
      closed = true;
      clearTimeout(timer);
      element.removeEventListener('playing', playing);
      hls.destroy();
    },
  };
}

function playNatively(
  element: HTMLVideoElement,
  playlist: string,
  onState: (state: PlaybackState) => void,
): LivePlayback {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const load = () => {
    element.src = playlist;
  };
  const failed = () => {
    onState('reconnecting');
    clearTimeout(timer);
    timer = setTimeout(load, RETRY_MS);
  };
  const playing = () => onState('playing');
  element.addEventListener('error', failed);
  element.addEventListener('playing', playing);
  load();
  return {
    toLive() {
      const { seekable } = element;
      if (seekable.length > 0) element.currentTime = seekable.end(seekable.length - 1);
    },
    close() {
      clearTimeout(timer);
      element.removeEventListener('error', failed);
      element.removeEventListener('playing', playing);
      element.removeAttribute('src');
      element.load();
    },
  };
}
