'use client';
import type { DevicePreview } from '@streamus/client';
import { Button, cn, LevelMeter, Notice } from '@streamus/ui';
import { Mic, MicOff, Video, VideoOff } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Avatar } from '@/components/avatar.tsx';
import { Waiting } from '@/components/waiting.tsx';
import { DeviceNotice } from './device-notice.tsx';
import { DeviceSelect } from './device-select.tsx';
import { useHeard } from './use-heard.ts';
import './strings.ts';

export interface DeviceCheckProps {
  readonly preview: DevicePreview;
  /** Whose initials stand in for a picture. */
  readonly name: string;
  /** What follows below the devices: a name field, the button to enter. */
  readonly children: ReactNode;
}

/** Takes the room of the check until it is there: nothing moves when it comes. */
export function DeviceCheckWaiting() {
  const { t } = useTranslation('devices');
  return (
    <div className="grid min-h-96 w-full items-start gap-6 md:grid-cols-[minmax(0,1fr)_20rem] md:gap-8">
      <div className="flex aspect-video items-center justify-center rounded-2xl bg-raised">
        <Waiting text={t('starting')} className="text-muted" />
      </div>
    </div>
  );
}

/** Camera and microphone before entering: own picture, a meter that moves, problems in words. */
export function DeviceCheck({ preview, name, children }: DeviceCheckProps) {
  const { t } = useTranslation('devices');
  const { camera, microphone, devices } = useStore(preview.store);
  const insecure = typeof window !== 'undefined' && !window.isSecureContext;
  // Settings, extensions and an iPhone's Lockdown Mode take it away.
  const apart = typeof window !== 'undefined' && !('RTCPeerConnection' in window);
  return (
    <div className="grid w-full items-start gap-6 md:grid-cols-[minmax(0,1fr)_20rem] md:gap-8">
      <div className="flex flex-col gap-3">
        <PreviewPicture preview={preview} name={name} />
        <PreviewLevel preview={preview} />
      </div>
      <div className="flex flex-col gap-4">
        {insecure && <Notice tone="danger">{t('insecure')}</Notice>}
        {apart && <Notice tone="danger">{t('apart')}</Notice>}
        {camera.problem && (
          <DeviceNotice
            device="camera"
            problem={camera.problem}
            onRetry={() => void preview.setCamera(true)}
          />
        )}
        {microphone.problem && (
          <DeviceNotice
            device="microphone"
            problem={microphone.problem}
            onRetry={() => void preview.setMicrophone(true)}
          />
        )}
        <DeviceSelect
          kind="camera"
          device={camera}
          options={devices.cameras}
          onChoose={(id) => void preview.chooseCamera(id)}
        />
        <DeviceSelect
          kind="microphone"
          device={microphone}
          options={devices.microphones}
          onChoose={(id) => void preview.chooseMicrophone(id)}
        />
        {children}
      </div>
    </div>
  );
}

function PreviewPicture({ preview, name }: { preview: DevicePreview; name: string }) {
  const { t } = useTranslation('devices');
  const camera = useStore(preview.store, (view) => view.camera);
  const microphoneOn = useStore(preview.store, (view) => view.microphone.on);
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    return element === null ? undefined : preview.attach(element);
  }, [preview]);
  const word = camera.starting ? t('allow') : t('cameraOff');
  return (
    <div className="relative aspect-video overflow-hidden rounded-2xl bg-raised">
      <video
        ref={video}
        aria-label={t('preview')}
        muted
        autoPlay
        playsInline
        className={cn('h-full w-full -scale-x-100 object-cover', !camera.on && 'invisible')}
      />
      {!camera.on && (
        <div className="absolute inset-0 flex flex-col items-center justify-center gap-2 p-4 pb-14 text-center text-muted sm:gap-3">
          <Avatar name={name || '?'} className="size-14 text-xl sm:size-20 sm:text-2xl" />
          {word}
        </div>
      )}
      <div className="absolute inset-x-0 bottom-3 flex justify-center gap-2">
        <Button
          tone={microphoneOn ? 'neutral' : 'live'}
          size="icon"
          className="rounded-full"
          aria-label={microphoneOn ? t('controls.mute') : t('controls.unmute')}
          onClick={() => void preview.setMicrophone(!microphoneOn)}
        >
          {microphoneOn ? <Mic aria-hidden /> : <MicOff aria-hidden />}
        </Button>
        <Button
          tone={camera.on ? 'neutral' : 'live'}
          size="icon"
          className="rounded-full"
          aria-label={camera.on ? t('controls.cameraOff') : t('controls.cameraOn')}
          onClick={() => void preview.setCamera(!camera.on)}
        >
          {camera.on ? <Video aria-hidden /> : <VideoOff aria-hidden />}
        </Button>
      </div>
    </div>
  );
}

function PreviewLevel({ preview }: { preview: DevicePreview }) {
  const { t } = useTranslation('devices');
  const level = useStore(preview.store, (view) => view.level);
  const on = useStore(preview.store, (view) => view.microphone.on);
  const heard = useHeard(preview.store, (view) => view.level);
  const [patient, setPatient] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setPatient(false), 6000);
    return () => clearTimeout(timer);
  }, []);
  const word = !on ? t('controls.short.muted') : heard ? t('heard') : patient ? t('levelHint') : t('silent');
  return (
    <div className="flex flex-col gap-1.5">
      <LevelMeter label={t('level')} level={level} className="[&>*]:h-1.5" />
      <p className="text-muted text-xs">{word}</p>
    </div>
  );
}
