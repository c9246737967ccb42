'use client';
import type { DeviceProblem } from '@streamus/client';
import { Button, Notice } from '@streamus/ui';
import { useTranslation } from 'react-i18next';
import './strings.ts';

/** Why a device does not work and what to do, beside the device. */
export function DeviceNotice(props: {
  device: 'camera' | 'microphone' | 'screen';
  problem: DeviceProblem;
  onRetry?: () => void;
}) {
  const { t } = useTranslation('devices');
  return (
    <Notice
      tone="warn"
      action={
        props.onRetry && (
          <Button size="sm" tone="outline" onClick={props.onRetry}>
            {t('retry', { ns: 'common' })}
          </Button>
        )
      }
    >
      {t(`problem.${props.device}.${props.problem}`)}
    </Notice>
  );
}
