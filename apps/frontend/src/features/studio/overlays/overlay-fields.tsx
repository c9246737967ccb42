'use client';
import { type Corner, cornerSchema } from '@streamus/studio';
import { TextArea, TextField } from '@streamus/ui';
import { useTranslation } from 'react-i18next';
import { useStudio } from '../session-context.tsx';
import { CountdownFields } from './countdown-fields.tsx';
import { Choice, type FieldsProps } from './field-parts.tsx';
import { ImageFields } from './image-fields.tsx';
import { type Draft, type Of, qrCodeRemark } from './overlay-draft.ts';

export function OverlayFields({ draft, onWrite, problem }: FieldsProps<Draft>) {
  switch (draft.kind) {
    case 'banner':
      return <BannerFields draft={draft} onWrite={onWrite} problem={problem} />;
    case 'ticker':
      return <TickerFields draft={draft} onWrite={onWrite} problem={problem} />;
    case 'lower-third':
      return <LowerThirdFields draft={draft} onWrite={onWrite} problem={problem} />;
    case 'countdown':
      return <CountdownFields draft={draft} onWrite={onWrite} problem={problem} />;
    case 'clock':
      return <ClockFields draft={draft} onWrite={onWrite} problem={problem} />;
    case 'qr-code':
      return <QrCodeFields draft={draft} onWrite={onWrite} problem={problem} />;
    case 'image':
      return <ImageFields draft={draft} onWrite={onWrite} problem={problem} />;
  }
}

function BannerFields({ draft, onWrite, problem }: FieldsProps<Of<'banner'>>) {
  const { t } = useTranslation('overlays');
  return (
    <>
      <TextField
        label={t('field.text')}
        value={draft.text}
        dir="auto"
        onChange={(event) => onWrite({ ...draft, text: event.target.value })}
        error={problem('text')}
      />
      <Choice
        label={t('field.style')}
        value={draft.style}
        options={(['solid', 'glass', 'outline'] as const).map((value) => ({
          value,
          label: t(`bannerStyle.${value}`),
        }))}
        onChange={(style) => onWrite({ ...draft, style })}
      />
    </>
  );
}

function TickerFields({ draft, onWrite, problem }: FieldsProps<Of<'ticker'>>) {
  const { t } = useTranslation('overlays');
  return (
    <>
      <TextArea
        label={t('field.text')}
        hint={t('field.tickerHint')}
        value={draft.text}
        dir="auto"
        onChange={(event) => onWrite({ ...draft, text: event.target.value })}
        error={problem('text')}
      />
      <Choice
        label={t('field.speed')}
        value={draft.speed}
        options={(['slow', 'normal', 'fast'] as const).map((value) => ({
          value,
          label: t(`speed.${value}`),
        }))}
        onChange={(speed) => onWrite({ ...draft, speed })}
      />
    </>
  );
}

function LowerThirdFields({ draft, onWrite, problem }: FieldsProps<Of<'lower-third'>>) {
  const { t } = useTranslation('overlays');
  return (
    <>
      <TextField
        label={t('field.title')}
        value={draft.title}
        dir="auto"
        onChange={(event) => onWrite({ ...draft, title: event.target.value })}
        error={problem('title')}
      />
      <TextField
        label={t('field.subtitle')}
        value={draft.subtitle}
        dir="auto"
        onChange={(event) => onWrite({ ...draft, subtitle: event.target.value })}
        error={problem('subtitle')}
      />
      <Choice
        label={t('field.animation')}
        value={draft.animation}
        options={(['none', 'fade', 'slide', 'wipe'] as const).map((value) => ({
          value,
          label: t(`animation.${value}`),
        }))}
        onChange={(animation) => onWrite({ ...draft, animation })}
      />
    </>
  );
}

function ClockFields({ draft, onWrite, problem }: FieldsProps<Of<'clock'>>) {
  const { t } = useTranslation('overlays');
  const zones = ['UTC', ...('supportedValuesOf' in Intl ? Intl.supportedValuesOf('timeZone') : [])];
  const known = zones.includes(draft.timeZone) ? zones : [draft.timeZone, ...zones];
  return (
    <>
      <Choice
        label={t('field.timeZone')}
        value={draft.timeZone}
        options={known.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
        onChange={(timeZone) => onWrite({ ...draft, timeZone })}
      />
      {problem('timeZone') !== null && <p className="text-live-ink text-xs">{problem('timeZone')}</p>}
      <Choice
        label={t('field.format')}
        value={draft.format}
        options={(['24-hours', '12-hours'] as const).map((value) => ({ value, label: t(`format.${value}`) }))}
        onChange={(format) => onWrite({ ...draft, format })}
      />
    </>
  );
}

function QrCodeFields({ draft, onWrite, problem }: FieldsProps<Of<'qr-code'>>) {
  const { t } = useTranslation('overlays');
  const programme = useStudio((view) => view.document?.programme ?? null);
  const remark = programme === null ? null : qrCodeRemark(draft, programme);
  const tooLong = remark === 'unreadable';
  return (
    <>
      <TextField
        label={t('field.url')}
        {...(remark === null
          ? {}
          : { hint: <span className={tooLong ? 'text-warn' : ''}>{t(`qrCode.${remark}`)}</span> })}
        inputMode="url"
        placeholder="https://"
        value={draft.url}
        onChange={(event) => onWrite({ ...draft, url: event.target.value })}
        error={problem('url')}
      />
      <TextField
        label={t('field.caption')}
        value={draft.caption}
        dir="auto"
        onChange={(event) => onWrite({ ...draft, caption: event.target.value })}
        error={problem('caption')}
      />
      <CornerField value={draft.corner} onChange={(corner) => onWrite({ ...draft, corner })} />
    </>
  );
}

function CornerField({ value, onChange }: { value: Corner; onChange: (corner: Corner) => void }) {
  const { t } = useTranslation('overlays');
  return (
    <Choice
      label={t('field.corner')}
      value={value}
      options={cornerSchema.options.map((corner) => ({ value: corner, label: t(`corner.${corner}`) }))}
      onChange={onChange}
    />
  );
}
