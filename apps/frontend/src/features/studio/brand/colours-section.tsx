'use client';
import type { BrandColours } from '@streamus/studio';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ColourChoice } from './colour-choice.tsx';
import { contrast, READABLE } from './contrast.ts';
import { PanelSection } from './panel-section.tsx';
import { useBrand } from './use-brand.ts';

const offered: Readonly<Record<keyof BrandColours, readonly string[]>> = {
  accent: ['#5b7cfa', '#d3202f', '#14703a', '#9333ea', '#8a4b08', '#10141c'],
  text: ['#ffffff', '#f5e9d0', '#10141c'],
  background: ['#0a0d14', '#1b2a4a', '#3b1d3f', '#ffffff'],
};

/** Colours of what is drawn over the pictures, and whether one can read it. */
export function ColoursSection() {
  const { t } = useTranslation('studio');
  const [{ colours }, change] = useBrand();
  const choice = (part: keyof BrandColours) => (
    <div className="flex flex-col gap-1.5">
      <h3 className="text-muted text-xs">{t(`brand.colourOf.${part}`)}</h3>
      <ColourChoice
        colours={offered[part]}
        value={colours[part]}
        nameOf={(colour) => t(`brand.colourUse.${part}`, { colour })}
        customLabel={`${t(`brand.colourOf.${part}`)}: ${t('brand.custom')}`}
        onChoose={(colour) => change({ colours: { [part]: colour } })}
      />
    </div>
  );
  return (
    <PanelSection title={t('brand.colours')}>
      {choice('accent')}
      {choice('text')}
      {choice('background')}
      <Readability colours={colours} />
    </PanelSection>
  );
}

function Readability({ colours }: { colours: BrandColours }) {
  const { t } = useTranslation('studio');
  const pairs = [
    { on: 'plate', ratio: contrast(colours.text, colours.background) },
    { on: 'accent', ratio: contrast(colours.text, colours.accent) },
  ] as const;
  const bad = pairs.filter(({ ratio }) => ratio < READABLE);
  return (
    <div aria-live="polite" className="text-xs">
      {bad.length === 0 ? (
        <p className="text-muted">{t('brand.readable')}</p>
      ) : (
        bad.map(({ on, ratio }) => (
          <p key={on} className="flex items-start gap-1.5 text-warn">
            <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
            {t(`brand.hardToRead.${on}`, { ratio: ratio.toFixed(1) })}
          </p>
        ))
      )}
    </div>
  );
}
