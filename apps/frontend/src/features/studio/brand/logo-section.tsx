'use client';
import { assetIdSchema, type Corner, cornerSchema, logoSizeSchema } from '@streamus/studio';
import { cn, Select } from '@streamus/ui';
import { useTranslation } from 'react-i18next';
import { ImageShelf } from '../../brand/image-shelf.tsx';
import { useStudioPlace } from '../session-context.tsx';
import { PanelSection } from './panel-section.tsx';
import { forgetLogo, toggleLogo } from './toggle-logo.ts';
import { useBrand } from './use-brand.ts';

export function LogoSection() {
  const { t } = useTranslation('studio');
  const { session, studioId, guestToken } = useStudioPlace();
  const [{ logo }, change] = useBrand();
  const use = (id: string) =>
    session.command({
      type: 'set-logo',
      logo: { asset: assetIdSchema.parse(id), corner: logo?.corner ?? 'top-right' },
    });
  return (
    <PanelSection title={t('brand.logo')}>
      <ImageShelf
        studioId={studioId}
        guestToken={guestToken}
        type="logo"
        selected={logo?.asset ?? null}
        uploadLabel={t('brand.uploadLogo')}
        onUse={({ id }) => void use(id)}
        onRemove={async ({ id }) => {
          forgetLogo(studioId, assetIdSchema.parse(id));
          if (logo?.asset === id) await session.command({ type: 'set-logo', logo: null });
        }}
      />
      {logo !== null && (
        <>
          <CornerChoice
            corner={logo.corner}
            onChoose={(corner) => change({ logo: { ...logo, corner } })}
            onNone={() => toggleLogo(session, studioId)}
          />
          <Select
            label={t('brand.size')}
            placeholder={t('brand.size')}
            value={logo.size}
            options={logoSizeSchema.options.map((size) => ({ value: size, label: t(`brand.sizes.${size}`) }))}
            onChange={(size) => change({ logo: { ...logo, size: logoSizeSchema.parse(size) } })}
          />
        </>
      )}
    </PanelSection>
  );
}

const dots: Record<Corner, string> = {
  'top-left': 'top-1 left-1',
  'top-right': 'top-1 right-1',
  'bottom-left': 'bottom-1 left-1',
  'bottom-right': 'bottom-1 right-1',
};

function CornerChoice(props: { corner: Corner; onChoose: (corner: Corner) => void; onNone: () => void }) {
  const { t } = useTranslation('studio');
  return (
    <fieldset aria-label={t('brand.corner')} className="flex items-center gap-1">
      {cornerSchema.options.map((corner) => (
        <button
          key={corner}
          type="button"
          aria-label={t(`brand.${corner}`)}
          title={t(`brand.${corner}`)}
          aria-pressed={corner === props.corner}
          onClick={() => props.onChoose(corner)}
          className={cn(
            'touch-target relative h-8 w-12 rounded-md border',
            corner === props.corner
              ? 'border-accent-ink bg-accent-soft text-accent-ink'
              : 'text-muted hover:bg-raised',
          )}
        >
          <span className={cn('absolute h-2 w-3 rounded-[2px] bg-current', dots[corner])} />
        </button>
      ))}
      <button
        type="button"
        onClick={props.onNone}
        className="touch-target ml-auto h-8 rounded-md px-2 text-muted text-xs hover:bg-raised hover:text-ink"
      >
        {t('brand.noLogo')}
      </button>
    </fieldset>
  );
}
