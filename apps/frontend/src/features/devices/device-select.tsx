'use client';
import type { DeviceOption, LocalDevice } from '@streamus/client';
import { Select } from '@streamus/ui';
import { useTranslation } from 'react-i18next';
import './strings.ts';

export function DeviceSelect(props: {
  kind: 'camera' | 'microphone';
  device: LocalDevice;
  options: readonly DeviceOption[];
  onChoose: (id: string) => void;
}) {
  const { t } = useTranslation('devices');
  const camera = props.kind === 'camera';
  const options = props.options.map((option, index) => ({
    value: option.id,
    label: option.label || `${camera ? t('camera') : t('microphone')} ${index + 1}`,
  }));
  const none = options.length === 0;
  return (
    <Select
      label={camera ? t('camera') : t('microphone')}
      options={options}
      value={options.some((option) => option.value === props.device.deviceId) ? props.device.deviceId : null}
      onChange={props.onChoose}
      disabled={none}
      placeholder={none ? (camera ? t('noCamera') : t('noMicrophone')) : t('choose')}
    />
  );
}
