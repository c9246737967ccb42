'use client';
import type { StudioSession } from '@streamus/client';
import { assetIdSchema, type Background, DEFAULT_BRAND, scenesInOrder } from '@streamus/studio';
import { useTranslation } from 'react-i18next';
import { ImageShelf } from '../../brand/image-shelf.tsx';
import { useStudioPlace } from '../session-context.tsx';
import { ColourChoice } from './colour-choice.tsx';

const colours = ['#12161f', '#1b2a4a', '#123a2f', '#3b1d3f', '#4a2a16', '#e8eaee'];

export interface BackgroundChoiceProps {
  readonly value: Background;
  readonly onChoose: (background: Background) => void;
}

/** A colour or an image to lie behind the pictures. */
export function BackgroundChoice({ value, onChoose }: BackgroundChoiceProps) {
  const { t } = useTranslation('studio');
  const { session, studioId, guestToken } = useStudioPlace();
  return (
    <>
      <ColourChoice
        colours={colours}
        value={value.kind === 'colour' ? value.colour : null}
        nameOf={(colour) => t('brand.useColour', { colour })}
        customLabel={`${t('brand.background')}: ${t('brand.custom')}`}
        onChoose={(colour) => onChoose({ kind: 'colour', colour })}
      />
      <ImageShelf
        studioId={studioId}
        guestToken={guestToken}
        type="background"
        selected={value.kind === 'image' ? value.asset : null}
        uploadLabel={t('brand.uploadBackground')}
        onUse={({ id }) => onChoose({ kind: 'image', asset: assetIdSchema.parse(id) })}
        onRemove={({ id }) => withoutBackground(session, id)}
      />
    </>
  );
}

/** An image that is about to be deleted leaves the studio's background, and that of every scene. */
async function withoutBackground(session: StudioSession, id: string): Promise<void> {
  const { document } = session.store.getState();
  if (document === null) return;
  const isIt = (background: Background | null) => background?.kind === 'image' && background.asset === id;
  if (isIt(document.brand.background)) {
    await session.command({ type: 'set-background', background: DEFAULT_BRAND.background });
  }
  for (const scene of scenesInOrder(document)) {
    if (!isIt(scene.background)) continue;
    await session.command({ type: 'set-scene-background', background: null, scene: scene.id });
  }
}
