'use client';
import {
  type Crop,
  type Slot,
  type SlotHolds,
  type SourceId,
  slotHoldsSchema,
  sourceId,
  sourceKind,
  WHOLE,
} from '@streamus/studio';
import { Select, Switch } from '@streamus/ui';
import { useTranslation } from 'react-i18next';
import { useStudio } from '../../session-context.tsx';
import { NumberField } from './number-field.tsx';

export interface SlotFieldsProps {
  readonly slot: Slot;
  readonly onChange: (change: Partial<Slot>) => void;
}

const SIDES = ['left', 'top', 'right', 'bottom'] as const;
/** A tenth of the picture is left at least. */
const MOST_CUT = 9000;
const OPPOSITE = { left: 'right', right: 'left', top: 'bottom', bottom: 'top' } as const;
const THIN_LINE = { width: 60, colour: '#ffffff' };

/** Everything about one slot, in fields. */
export function SlotFields({ slot, onChange }: SlotFieldsProps) {
  const { t } = useTranslation('direction');
  const { box, crop, border } = slot;
  const cut = (side: (typeof SIDES)[number], value: number) => {
    const next: Crop = { ...crop, [side]: value };
    onChange({ crop: next });
  };
  return (
    <div className="flex flex-col gap-4">
      <HoldsField slot={slot} onChange={onChange} />
      <Select
        label={t('editor.fit')}
        placeholder=""
        value={slot.fit}
        options={(['cover', 'contain'] as const).map((fit) => ({
          value: fit,
          label: t(`editor.fits.${fit}`),
        }))}
        onChange={(fit) => onChange({ fit: fit === 'contain' ? 'contain' : 'cover' })}
      />
      <fieldset className="grid grid-cols-4 gap-2">
        <legend className="mb-1.5 font-semibold text-muted text-xs">{t('editor.place')}</legend>
        <NumberField
          label={t('editor.x')}
          value={box.x}
          least={0}
          most={WHOLE - box.width}
          onChange={(x) => onChange({ box: { ...box, x } })}
        />
        <NumberField
          label={t('editor.y')}
          value={box.y}
          least={0}
          most={WHOLE - box.height}
          onChange={(y) => onChange({ box: { ...box, y } })}
        />
        <NumberField
          label={t('editor.width')}
          value={box.width}
          least={400}
          most={WHOLE - box.x}
          onChange={(width) => onChange({ box: { ...box, width } })}
        />
        <NumberField
          label={t('editor.height')}
          value={box.height}
          least={400}
          most={WHOLE - box.y}
          onChange={(height) => onChange({ box: { ...box, height } })}
        />
      </fieldset>
      <fieldset className="grid grid-cols-4 gap-2">
        <legend className="mb-1.5 font-semibold text-muted text-xs">{t('editor.crop')}</legend>
        {SIDES.map((side) => (
          <NumberField
            key={side}
            label={t(`editor.sides.${side}`)}
            value={crop[side]}
            least={0}
            most={MOST_CUT - crop[OPPOSITE[side]]}
            onChange={(value) => cut(side, value)}
          />
        ))}
      </fieldset>
      <fieldset className="grid grid-cols-2 gap-x-3 gap-y-2">
        <legend className="mb-1.5 font-semibold text-muted text-xs">{t('editor.look')}</legend>
        <NumberField
          label={t('editor.radius')}
          value={slot.radius}
          least={0}
          most={WHOLE / 2}
          onChange={(radius) => onChange({ radius })}
        />
        <Switch
          label={t('editor.border')}
          checked={border !== null}
          onChange={(on) => onChange({ border: on ? THIN_LINE : null })}
          className="self-end"
        />
        {border !== null && (
          <>
            <NumberField
              label={t('editor.borderWidth')}
              value={border.width}
              least={10}
              most={500}
              onChange={(width) => onChange({ border: { ...border, width } })}
            />
            <label className="flex flex-col gap-1.5 font-medium text-sm">
              {t('editor.borderColour')}
              <input
                type="color"
                value={border.colour}
                onChange={(event) => onChange({ border: { ...border, colour: event.target.value } })}
                className="touch-target h-10 w-full cursor-pointer rounded-lg border border-edge bg-panel p-1"
              />
            </label>
          </>
        )}
      </fieldset>
    </div>
  );
}

/** The words of a value of the list: one of many persons or screens, or a source for good. */
const keyOf = (holds: SlotHolds): string =>
  holds.kind === 'source' ? holds.source : `${holds.kind} ${holds.index}`;

function HoldsField({ slot, onChange }: SlotFieldsProps) {
  const { t } = useTranslation('direction');
  const people = useStudio((view) => view.document?.people ?? null);
  const persons = Object.values(people ?? {});
  const sources: readonly SourceId[] = persons.flatMap(({ id }) => [
    sourceId('camera', id),
    sourceId('screen', id),
  ]);
  const all: readonly SlotHolds[] = [
    ...Array.from({ length: 10 }, (_, index) => ({ kind: 'person', index }) as const),
    ...Array.from({ length: 2 }, (_, index) => ({ kind: 'screen', index }) as const),
    ...sources.map((source) => ({ kind: 'source', source }) as const),
  ];
  const known = all.some((one) => keyOf(one) === keyOf(slot.holds)) ? all : [...all, slot.holds];
  const nameOf = (holds: SlotHolds): string => {
    if (holds.kind !== 'source') return t(`editor.${holds.kind}`, { number: holds.index + 1 });
    const name = persons.find(({ id }) => holds.source.endsWith(id))?.name ?? t('editor.gone');
    return sourceKind(holds.source) === 'screen'
      ? t('editor.screenOf', { name })
      : t('editor.only', { name });
  };
  return (
    <Select
      label={t('editor.holds')}
      placeholder=""
      value={keyOf(slot.holds)}
      options={known.map((holds) => ({ value: keyOf(holds), label: nameOf(holds) }))}
      onChange={(key) => {
        const holds = known.find((one) => keyOf(one) === key);
        if (holds !== undefined) onChange({ holds: slotHoldsSchema.parse(holds) });
      }}
    />
  );
}
