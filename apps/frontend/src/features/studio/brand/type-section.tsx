'use client';
import { brandFonts, createFontLoader, type FontLoader, fontStack } from '@streamus/fonts';
import { nameTagStyleSchema, themeSchema } from '@streamus/studio';
import { cn, Select, Switch } from '@streamus/ui';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudioPlace } from '../session-context.tsx';
import { NameTagPicture, ThemePicture } from './look-pictures.tsx';
import { PanelSection } from './panel-section.tsx';
import { useBrand } from './use-brand.ts';

/** As the painter draws titles. */
const WEIGHT = 600;

let loader: FontLoader | null = null;

/** The letters of the fonts' own names, and no others, so that the list costs little. */
function useFontNames(): void {
  const [, redraw] = useState(0);
  useEffect(() => {
    let gone = false;
    loader ??= createFontLoader({ fonts: document.fonts, origin: '' });
    for (const { id, family } of brandFonts) {
      void loader.load(id, WEIGHT, family).then(() => {
        if (!gone) redraw((count) => count + 1);
      });
    }
    return () => {
      gone = true;
    };
  }, []);
}

/** Font and theme of everything that is written over the pictures. */
export function TypeSection() {
  const { t } = useTranslation('studio');
  const [brand, change] = useBrand();
  useFontNames();
  const fonts = [
    { value: 'system', label: t('brand.systemFont'), fontFamily: fontStack('system', '') },
    ...brandFonts.map(({ id, family }) => ({
      value: id,
      label: family,
      fontFamily: fontStack(id, family),
    })),
  ];
  // A font of a newer version is said by its name.
  const known = fonts.some(({ value }) => value === brand.font);
  return (
    <PanelSection title={t('brand.type')}>
      <Select
        label={t('brand.font')}
        placeholder={t('brand.font')}
        value={brand.font}
        options={known ? fonts : [...fonts, { value: brand.font, label: brand.font }]}
        onChange={(font) => change({ font })}
      />
      <fieldset className="mt-1">
        <legend className="mb-1.5 font-medium text-sm">{t('brand.theme')}</legend>
        <div className="grid grid-cols-2 gap-2">
          {themeSchema.options.map((theme) => (
            <PictureButton
              key={theme}
              text={t(`brand.themes.${theme}`)}
              pressed={brand.theme === theme}
              onClick={() => change({ theme })}
            >
              <ThemePicture theme={theme} colours={brand.colours} />
            </PictureButton>
          ))}
        </div>
      </fieldset>
    </PanelSection>
  );
}

/** Names under the people: whether, and how. */
export function NameTagsSection() {
  const { t } = useTranslation('studio');
  const { session } = useStudioPlace();
  const [brand, change] = useBrand();
  const { shown, style } = brand.nameTags;
  return (
    <PanelSection title={t('brand.nameTags')}>
      <Switch
        label={t('brand.nameTags')}
        detail={t('brand.nameTagsHint')}
        checked={shown}
        onChange={(next) => void session.command({ type: 'set-name-tags', shown: next })}
      />
      {shown && (
        <fieldset>
          <legend className="sr-only">{t('brand.nameTagStyle')}</legend>
          <div className="grid grid-cols-3 gap-2">
            {nameTagStyleSchema.options.map((option) => (
              <PictureButton
                key={option}
                text={t(`brand.nameTagStyles.${option}`)}
                pressed={option === style}
                onClick={() => change({ nameTags: { style: option } })}
              >
                <NameTagPicture style={option} colours={brand.colours} />
              </PictureButton>
            ))}
          </div>
        </fieldset>
      )}
    </PanelSection>
  );
}

function PictureButton(props: {
  text: string;
  pressed: boolean;
  onClick: () => void;
  children: React.ReactNode;
}) {
  return (
    <button
      type="button"
      aria-pressed={props.pressed}
      onClick={props.onClick}
      className={cn(
        'flex flex-col gap-1 rounded-lg p-1 text-xs',
        props.pressed
          ? 'bg-accent-soft text-accent-ink ring-2 ring-accent-ink'
          : 'ring-1 ring-line hover:ring-edge',
      )}
    >
      {props.children}
      <span className="px-1 pb-0.5">{props.text}</span>
    </button>
  );
}
