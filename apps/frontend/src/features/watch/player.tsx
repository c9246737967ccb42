'use client';
import { Button, Slider } from '@streamus/ui';
import { Maximize, Minimize, Pause, Play, Volume2, VolumeX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { recall, remember } from '@/lib/stored.ts';
import { clock } from '@/lib/times.ts';
import { attachLive, type LivePlayback, type PlaybackState } from './attach-live.ts';
import './strings.ts';

const VOLUME_KEY = 'streamus.volume';
/** Further behind than this, the way back to the newest picture is offered, s. */
const BEHIND_SECONDS = 12;
/** With less than this to go back to, there is nothing to choose. */
const REWIND_SECONDS = 15;

/** Plays the show; starts muted where the browser wants that, and says how to turn the sound on. */
export function Player({ playlist }: { playlist: string }) {
  const { t } = useTranslation('watch');
  const video = useRef<HTMLVideoElement>(null);
  const playback = useRef<LivePlayback | null>(null);
  const wanted = useRef(true);
  const [state, setState] = useState<PlaybackState>('loading');

  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    let gone = false;
    // Also after the stream broke off and was attached anew, unless the person had paused it.
    const resume = () => {
      if (wanted.current && element.paused) void startWithSound(element);
    };
    element.addEventListener('canplay', resume);
    element.volume = recall(VOLUME_KEY, z.number().min(0).max(1)) ?? 1;
    void attachLive(element, playlist, setState).then((attached) => {
      if (gone) attached.close();
      else playback.current = attached;
    });
    return () => {
      gone = true;
      element.removeEventListener('canplay', resume);
      playback.current?.close();
      playback.current = null;
    };
  }, [playlist]);

  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: nobody captions a live show yet. */}
      <video ref={video} aria-label={t('player')} playsInline className="h-full w-full bg-black" />
      {state !== 'playing' && (
        <p role="status" className="absolute inset-x-0 top-4 text-center">
          <span className="rounded-lg bg-panel px-3 py-1.5 text-sm">
            {state === 'loading'
              ? t('loading')
              : state === 'reconnecting'
                ? t('state.reconnecting')
                : t('state.unsupported')}
          </span>
        </p>
      )}
      <Controls
        video={video}
        onLive={() => playback.current?.toLive()}
        onWanted={(playing) => {
          wanted.current = playing;
        }}
      />
    </>
  );
}

/** Sound if the browser allows it, else muted: a picture at once is worth more than sound after a click. */
async function startWithSound(element: HTMLVideoElement): Promise<void> {
  try {
    await element.play();
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') return;
    element.muted = true;
    await element.play().catch(() => undefined);
  }
}

interface MediaState {
  readonly paused: boolean;
  readonly muted: boolean;
  readonly volume: number;
  readonly behind: boolean;
  /** What can be seen again, s of the video's own time. */
  readonly from: number;
  readonly edge: number;
  readonly at: number;
}

const AT_FIRST: MediaState = {
  paused: true,
  muted: false,
  volume: 1,
  behind: false,
  from: 0,
  edge: 0,
  at: 0,
};

function useMediaState(video: React.RefObject<HTMLVideoElement | null>): MediaState {
  const [state, setState] = useState<MediaState>(AT_FIRST);
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    const read = () => {
      const { seekable } = element;
      const [from, edge] =
        seekable.length > 0 ? [seekable.start(0), seekable.end(seekable.length - 1)] : [0, 0];
      setState({
        paused: element.paused,
        muted: element.muted,
        volume: element.volume,
        behind: edge - element.currentTime > BEHIND_SECONDS,
        from,
        edge,
        at: element.currentTime,
      });
    };
    read();
    const events = ['play', 'pause', 'volumechange', 'playing', 'progress', 'timeupdate', 'seeking'];
    for (const event of events) element.addEventListener(event, read);
    return () => {
      for (const event of events) element.removeEventListener(event, read);
    };
  }, [video]);
  return state;
}

interface ControlsProps {
  readonly video: React.RefObject<HTMLVideoElement | null>;
  readonly onLive: () => void;
  /** The person started or paused by hand. */
  readonly onWanted: (playing: boolean) => void;
}

function Controls(props: ControlsProps) {
  const { t } = useTranslation('watch');
  const { video, onLive, onWanted } = props;
  const { paused, muted, volume, behind, from, edge, at } = useMediaState(video);
  const [full, setFull] = useState(false);

  useEffect(() => {
    const look = () => setFull(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', look);
    return () => document.removeEventListener('fullscreenchange', look);
  }, []);

  function play() {
    const element = video.current;
    if (element === null) return;
    onWanted(paused);
    if (!paused) element.pause();
    else {
      // A pause longer than the rewind window: what was next to be seen is gone.
      if (element.currentTime < from) onLive();
      element.play().catch(() => undefined);
    }
  }

  function setVolume(next: number) {
    const element = video.current;
    if (element === null) return;
    element.volume = next;
    element.muted = next === 0;
    remember(VOLUME_KEY, next);
  }

  function toggleFull() {
    const element = video.current;
    const frame = element?.parentElement;
    if (document.fullscreenElement !== null) void document.exitFullscreen();
    else if (frame?.requestFullscreen) void frame.requestFullscreen();
    // iPhones give full screen to the video itself only.
    else if (element !== null && 'webkitEnterFullscreen' in element) {
      (element as HTMLVideoElement & { webkitEnterFullscreen(): void }).webkitEnterFullscreen();
    }
  }

  return (
    <>
      {muted && !paused && (
        <Button
          tone="accent"
          className="absolute top-4 left-4 shadow-pop"
          onClick={() => setVolume(volume > 0 ? volume : 1)}
        >
          <VolumeX aria-hidden />
          {t('unmute')}
        </Button>
      )}
      <div className="absolute inset-x-0 bottom-0 flex items-center gap-2 bg-gradient-to-t from-black to-transparent px-3 pt-10 pb-2">
        <Button
          tone="ghost"
          size="icon"
          className="text-white"
          aria-label={paused ? t('play') : t('pause')}
          onClick={play}
        >
          {paused ? <Play aria-hidden /> : <Pause aria-hidden />}
        </Button>
        <Button
          tone="ghost"
          size="icon"
          className="text-white"
          aria-label={muted ? t('unmute') : t('mute')}
          onClick={() => {
            const element = video.current;
            if (element !== null) element.muted = !muted;
          }}
        >
          {muted ? <VolumeX aria-hidden /> : <Volume2 aria-hidden />}
        </Button>
        <Slider
          label={t('volume')}
          min={0}
          max={1}
          step={0.05}
          value={muted ? 0 : volume}
          onChange={setVolume}
          className="hidden sm:block"
        />
        {edge - from > REWIND_SECONDS ? (
          <Slider
            label={t('position', { time: clock((edge - at) * 1000) })}
            min={Math.floor(from)}
            max={Math.ceil(edge)}
            step={1}
            value={Math.min(Math.max(at, from), edge)}
            onChange={(next) => {
              if (video.current !== null) video.current.currentTime = next;
            }}
            className="min-w-16 flex-1 sm:ml-3"
          />
        ) : (
          <span className="flex-1" />
        )}
        {behind && (
          <span aria-hidden className="tabular text-white text-xs">
            −{clock((edge - at) * 1000)}
          </span>
        )}
        {behind && (
          <Button size="sm" onClick={onLive}>
            {t('toLive')}
          </Button>
        )}
        <Button
          tone="ghost"
          size="icon"
          className="text-white"
          aria-label={full ? t('exitFullscreen') : t('fullscreen')}
          onClick={toggleFull}
        >
          {full ? <Minimize aria-hidden /> : <Maximize aria-hidden />}
        </Button>
      </div>
    </>
  );
}
