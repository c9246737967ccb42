'use client';
import { assetIdSchema, DEFAULT_BRAND } from '@streamus/studio';
import { useTranslation } from 'react-i18next';
import { ImageShelf } from '../../brand/image-shelf.tsx';
import { useStudioPlace } from '../session-context.tsx';
import { ColourChoice } from './colour-choice.tsx';
import { PanelSection } from './panel-section.tsx';
import { useBrand } from './use-brand.ts';

const colours = ['#12161f', '#1b2a4a', '#123a2f', '#3b1d3f', '#4a2a16', '#e8eaee'];

/** What lies behind the pictures: a colour or an image. */
export function BackgroundSection() {
  const { t } = useTranslation('studio');
  const { session, studioId, guestToken } = useStudioPlace();
  const [{ background }] = useBrand();
  const image = background.kind === 'image' ? background.asset : null;
  return (
    <PanelSection title={t('brand.background')}>
      <ColourChoice
        colours={colours}
        value={background.kind === 'colour' ? background.colour : null}
        nameOf={(colour) => t('brand.useColour', { colour })}
        customLabel={`${t('brand.background')}: ${t('brand.custom')}`}
        onChoose={(colour) =>
          void session.command({ type: 'set-background', background: { kind: 'colour', colour } })
        }
      />
      <ImageShelf
        studioId={studioId}
        guestToken={guestToken}
        type="background"
        selected={image}
        uploadLabel={t('brand.uploadBackground')}
        onUse={({ id }) =>
          void session.command({
            type: 'set-background',
            background: { kind: 'image', asset: assetIdSchema.parse(id) },
          })
        }
        onRemove={async ({ id }) => {
          if (image !== id) return;
          await session.command({ type: 'set-background', background: DEFAULT_BRAND.background });
        }}
      />
    </PanelSection>
  );
}
