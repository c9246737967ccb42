'use client';
import type { DeviceProblem } from '@streamus/client';
import { Button, Notice } from '@streamus/ui';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import './strings.ts';

/** Why a device does not work and what to do, beside the device. */
export function DeviceNotice(props: {
  device: 'camera' | 'microphone' | 'screen';
  problem: DeviceProblem;
  onRetry?: () => void;
  /** Whoever goes on without the device has read it. */
  onDismiss?: () => void;
}) {
  const { t } = useTranslation('devices');
  return (
    <Notice
      tone="warn"
      action={
        <div className="flex items-center gap-1">
          {props.onRetry && (
            <Button size="sm" tone="outline" onClick={props.onRetry}>
              {t('retry', { ns: 'common' })}
            </Button>
          )}
          {props.onDismiss && (
            <Button
              size="icon-sm"
              tone="ghost"
              aria-label={t('dismiss', { ns: 'common' })}
              onClick={props.onDismiss}
            >
              <X aria-hidden />
            </Button>
          )}
        </div>
      }
    >
      {t(`problem.${props.device}.${props.problem}`)}
    </Notice>
  );
}
