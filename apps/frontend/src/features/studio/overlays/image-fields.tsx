'use client';
import { type Area, assetIdSchema, cornerSchema } from '@streamus/studio';
import { Slider, TextField } from '@streamus/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ImageShelf } from '../../brand/image-shelf.tsx';
import { useStudioPlace } from '../session-context.tsx';
import type { FieldsProps } from './field-parts.tsx';
import { cornerArea, NO_ASSET, type Of, WHOLE_AREA } from './overlay-draft.ts';

/** Ten-thousandths in one per cent. */
const PER_CENT = 100;
const sides = ['x', 'y', 'width', 'height'] as const;
const places = [...cornerSchema.options, 'whole'] as const;

/** Which image, where it lies, and how much shines through. */
export function ImageFields({ draft, onWrite, problem }: FieldsProps<Of<'image'>>) {
  const { t } = useTranslation('overlays');
  const { studioId, guestToken } = useStudioPlace();
  /** The name that came from the image: another image brings another, until somebody writes one. */
  const [given, setGiven] = useState('');
  function use(id: string, file: string) {
    const name =
      file
        .replace(/\.[a-z]{3,4}$/i, '')
        .slice(0, 60)
        .trim() || t('kind.image');
    const named = draft.name !== '' && draft.name !== given;
    onWrite({ ...draft, asset: assetIdSchema.parse(id), name: named ? draft.name : name });
    setGiven(name);
  }
  return (
    <>
      <div className="flex flex-col gap-1.5">
        <p className="font-medium text-sm">{t('field.image')}</p>
        <ImageShelf
          studioId={studioId}
          guestToken={guestToken}
          type="overlay"
          selected={draft.asset === NO_ASSET ? null : draft.asset}
          uploadLabel={t('uploadImage')}
          onUse={({ id, name }) => use(id, name)}
        />
        {problem('asset') !== null && (
          <p role="alert" className="text-live-ink text-xs">
            {t('problem.image')}
          </p>
        )}
      </div>
      <TextField
        label={t('field.name')}
        value={draft.name}
        dir="auto"
        onChange={(event) => onWrite({ ...draft, name: event.target.value })}
        error={problem('name')}
      />
      <AreaFields box={draft.box} onChange={(box) => onWrite({ ...draft, box })} error={problem('box')} />
      <div className="flex items-center gap-3">
        <span className="font-medium text-sm">{t('field.opacity')}</span>
        <Slider
          label={t('field.opacity')}
          min={0}
          max={100}
          step={1}
          value={draft.opacity}
          onChange={(opacity) => onWrite({ ...draft, opacity })}
          className="flex-1"
        />
        <span className="tabular w-10 text-right text-muted text-xs">{`${draft.opacity} %`}</span>
      </div>
    </>
  );
}

function AreaFields(props: { box: Area; onChange: (box: Area) => void; error: string | null }) {
  const { t } = useTranslation('overlays');
  const { box, onChange, error } = props;
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium text-sm">{t('field.place')}</legend>
      <div className="flex flex-wrap gap-1">
        {places.map((place) => {
          const area = place === 'whole' ? WHOLE_AREA : cornerArea(place);
          return (
            <button
              key={place}
              type="button"
              aria-label={t(`place.${place}`)}
              title={t(`place.${place}`)}
              aria-pressed={sides.every((side) => box[side] === area[side])}
              onClick={() => onChange(area)}
              className="touch-target relative h-8 w-12 rounded-md border text-muted hover:bg-raised aria-pressed:border-accent-ink aria-pressed:bg-accent-soft aria-pressed:text-accent-ink"
            >
              <span
                className="absolute rounded-[2px] bg-current"
                style={{
                  left: `${8 + area.x * 0.0084}%`,
                  top: `${8 + area.y * 0.0084}%`,
                  width: `${area.width * 0.0084}%`,
                  height: `${area.height * 0.0084}%`,
                }}
              />
            </button>
          );
        })}
      </div>
      <div className="grid grid-cols-2 gap-2">
        {sides.map((side) => (
          <TextField
            key={side}
            label={t(`side.${side}`)}
            type="number"
            min={side === 'width' || side === 'height' ? 1 : 0}
            max={100}
            step={0.5}
            value={box[side] / PER_CENT}
            aria-invalid={error === null ? undefined : true}
            onChange={(event) =>
              onChange({ ...box, [side]: Math.round(Number(event.target.value) * PER_CENT) })
            }
          />
        ))}
      </div>
      {error !== null && (
        <p role="alert" className="text-live-ink text-xs">
          {error}
        </p>
      )}
    </fieldset>
  );
}
