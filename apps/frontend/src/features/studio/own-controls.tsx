'use client';
import { Button, cn, LevelMeter, Popover, Tooltip } from '@streamus/ui';
import {
  CircleHelp,
  LogOut,
  Mic,
  MicOff,
  MonitorUp,
  MonitorX,
  Settings2,
  Video,
  VideoOff,
} from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DeviceNotice } from '../devices/device-notice.tsx';
import { DeviceSelect } from '../devices/device-select.tsx';
import { useHotkey } from './keys/keys-context.tsx';
import { useStudio, useStudioPlace } from './session-context.tsx';

/** One's own microphone, camera, screen and devices, and the way out: always at the bottom centre. */
export function OwnControls({ onShowKeys, hint }: { onShowKeys: () => void; hint?: ReactNode }) {
  const { t } = useTranslation('devices');
  const keys = useHotkey('keys');
  const { session, leave } = useStudioPlace();
  const camera = useStudio((view) => view.camera);
  const microphone = useStudio((view) => view.microphone);
  const screenOn = useStudio((view) => view.screen.on);
  const canShare = typeof navigator !== 'undefined' && 'getDisplayMedia' in (navigator.mediaDevices ?? {});
  return (
    <footer className="relative shrink-0 px-3 pb-[env(safe-area-inset-bottom)]">
      <ControlProblems />
      <div
        role="toolbar"
        aria-label={t('controls.label')}
        className="flex h-16 items-center justify-center gap-1 sm:gap-2"
      >
        <Control
          label={microphone.on ? t('controls.mute') : t('controls.unmute')}
          word={microphone.on ? t('controls.short.microphone') : t('controls.short.unmute')}
          action="mute"
          off={!microphone.on}
          onClick={() => void session.setMicrophone(!microphone.on)}
          below={<OwnLevel />}
        >
          {microphone.on ? <Mic aria-hidden /> : <MicOff aria-hidden />}
        </Control>
        <Control
          label={camera.on ? t('controls.cameraOff') : t('controls.cameraOn')}
          word={t('controls.short.camera')}
          action="camera"
          off={!camera.on}
          onClick={() => void session.setCamera(!camera.on)}
        >
          {camera.on ? <Video aria-hidden /> : <VideoOff aria-hidden />}
        </Control>
        {canShare && (
          <Control
            label={screenOn ? t('controls.unshare') : t('controls.share')}
            word={screenOn ? t('controls.short.sharing') : t('controls.short.share')}
            action="screen"
            active={screenOn}
            onClick={() => void (screenOn ? session.stopScreen() : session.startScreen())}
          >
            {screenOn ? <MonitorX aria-hidden /> : <MonitorUp aria-hidden />}
          </Control>
        )}
        <Popover
          side="top"
          title={t('controls.devices')}
          trigger={
            <button type="button" aria-label={t('controls.devices')} className={controlLook}>
              <Settings2 aria-hidden />
              <span aria-hidden>{t('controls.short.devices')}</span>
            </button>
          }
        >
          <DeviceChoice />
        </Popover>
        <Control label={t('controls.leave')} word={t('controls.short.leave')} action="leave" onClick={leave}>
          <LogOut aria-hidden />
        </Control>
      </div>
      {hint}
      <Tooltip text={t('open', { ns: 'keys' })} hotkey={keys.text}>
        <Button
          tone="ghost"
          size="icon"
          className="absolute right-3 bottom-3.5 hidden sm:inline-flex"
          aria-label={t('open', { ns: 'keys' })}
          aria-keyshortcuts={keys.aria}
          onClick={onShowKeys}
        >
          <CircleHelp aria-hidden />
        </Button>
      </Tooltip>
    </footer>
  );
}

const controlLook =
  'relative flex h-13 w-17 flex-col items-center justify-center gap-1 rounded-xl text-2xs font-medium text-muted transition-colors duration-100 hover:bg-raised hover:text-ink data-[popup-open]:bg-raised sm:w-21 [&_svg]:size-5';

function Control(props: {
  label: string;
  word: string;
  /** Whose key it has. */
  action: string;
  off?: boolean;
  active?: boolean;
  onClick: () => void;
  below?: ReactNode;
  children: ReactNode;
}) {
  const hotkey = useHotkey(props.action);
  return (
    <Tooltip text={props.label} hotkey={hotkey.text}>
      <button
        type="button"
        aria-label={props.label}
        aria-keyshortcuts={hotkey.aria}
        onClick={props.onClick}
        className={cn(
          controlLook,
          props.off && 'bg-live-soft text-live-ink hover:bg-live-soft hover:text-live-ink',
          props.active && 'bg-accent-soft text-accent-ink hover:bg-accent-soft hover:text-accent-ink',
        )}
      >
        {props.children}
        <span aria-hidden className="max-w-full truncate">
          {props.word}
        </span>
        {props.below}
      </button>
    </Tooltip>
  );
}

function OwnLevel() {
  const { t } = useTranslation('devices');
  const level = useStudio((view) => view.level);
  return <LevelMeter label={t('level')} level={level} upright className="absolute top-2 left-1/2 ml-4 h-5" />;
}

function DeviceChoice() {
  const { session } = useStudioPlace();
  const camera = useStudio((view) => view.camera);
  const microphone = useStudio((view) => view.microphone);
  const devices = useStudio((view) => view.devices);
  return (
    <div className="flex flex-col gap-4">
      {camera.problem && <DeviceNotice device="camera" problem={camera.problem} />}
      {microphone.problem && <DeviceNotice device="microphone" problem={microphone.problem} />}
      <DeviceSelect
        kind="camera"
        device={camera}
        options={devices.cameras}
        onChoose={(id) => void session.chooseCamera(id)}
      />
      <DeviceSelect
        kind="microphone"
        device={microphone}
        options={devices.microphones}
        onChoose={(id) => void session.chooseMicrophone(id)}
      />
    </div>
  );
}

/** Device troubles float just above the controls: nothing below or above them moves. */
function ControlProblems() {
  const { session } = useStudioPlace();
  const [read, setRead] = useState<readonly string[]>([]);
  const microphone = useStudio((view) => view.microphone.problem);
  const camera = useStudio((view) => view.camera.problem);
  const screen = useStudio((view) => view.screen.problem);
  const all = [
    { device: 'microphone', problem: microphone, retry: () => session.setMicrophone(true) },
    { device: 'camera', problem: camera, retry: () => session.setCamera(true) },
    { device: 'screen', problem: screen, retry: () => session.startScreen() },
  ] as const;
  const present = all.map(({ device, problem }) => `${device} ${problem}`).join();
  useEffect(() => {
    // What goes wrong again later is told again.
    setRead((keys) => keys.filter((key) => present.split(',').includes(key)));
  }, [present]);
  return (
    <div className="absolute inset-x-3 bottom-full z-10 mx-auto flex max-w-xl flex-col gap-2 [&>*]:shadow-pop">
      {all.map(({ device, problem, retry }) => {
        const key = `${device} ${problem}`;
        if (problem === null || read.includes(key)) return null;
        return (
          <DeviceNotice
            key={device}
            device={device}
            problem={problem}
            onRetry={() => void retry()}
            onDismiss={() => setRead([...read, key])}
          />
        );
      })}
    </div>
  );
}
