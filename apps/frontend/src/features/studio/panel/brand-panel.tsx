'use client';
import { type BrandAssetView, type ErrorCode, IMAGE_MAX_BYTES, routes } from '@streamus/contracts';
import { assetIdSchema, type Corner, cornerSchema } from '@streamus/studio';
import { cn, Notice, Switch } from '@streamus/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import { api } from '@/lib/api.ts';
import { useLoad } from '@/lib/use-load.ts';
import { useStudio, useStudioPlace } from '../session-context.tsx';
import { AssetShelf } from './asset-shelf.tsx';
import { ColourChoice } from './colour-choice.tsx';

const backgrounds = ['#12161f', '#1b2a4a', '#123a2f', '#3b1d3f', '#4a2a16', '#e8eaee'];
const accents = ['#5b7cfa', '#d3202f', '#14703a', '#9333ea', '#8a4b08', '#10141c'];

/** Logo, background, accent and name tags: seen in the programme at once. */
export function BrandPanel() {
  const { t } = useTranslation('studio');
  const { session, studioId, guestToken } = useStudioPlace();
  const assets = useLoad(
    () => api(routes.listBrandAssets, { params: { studioId } }, guestToken),
    guestToken !== null,
  );
  const brand = useStudio((view) => ({
    background: view.document?.brand.background ?? null,
    logo: view.document?.brand.logo ?? null,
    nameTags: view.document?.brand.nameTags.shown ?? true,
    accent: view.document?.brand.colours.accent ?? null,
  }));
  const [uploading, setUploading] = useState<{ type: BrandAssetView['type']; name: string } | null>(null);
  const [failure, setFailure] = useState<{ type: BrandAssetView['type']; code: ErrorCode } | null>(null);
  const all = assets.state.kind === 'ready' ? assets.state.value.assets : [];

  function use(type: BrandAssetView['type'], id: string) {
    const asset = assetIdSchema.parse(id);
    if (type === 'logo') {
      void session.command({ type: 'set-logo', logo: { asset, corner: brand.logo?.corner ?? 'top-right' } });
    } else void session.command({ type: 'set-background', background: { kind: 'image', asset } });
  }

  async function upload(type: BrandAssetView['type'], file: File) {
    setFailure(null);
    if (file.size > IMAGE_MAX_BYTES) {
      setFailure({ type, code: 'image_too_large' });
      return;
    }
    setUploading({ type, name: file.name });
    const body = new Uint8Array(await file.arrayBuffer());
    const call = { params: { studioId }, query: { type, name: file.name.slice(0, 200) || 'image' }, body };
    const result = await api(routes.uploadBrandAsset, call, guestToken);
    setUploading(null);
    if (!result.ok) {
      setFailure({ type, code: result.code });
      return;
    }
    assets.change((now) => ({ ...now, assets: [...now.assets, result.value] }));
    use(type, result.value.id);
  }

  async function remove(asset: BrandAssetView) {
    if (brand.logo?.asset === asset.id) await session.command({ type: 'set-logo', logo: null });
    if (brand.background?.kind === 'image' && brand.background.asset === asset.id) {
      await session.command({
        type: 'set-background',
        background: { kind: 'colour', colour: backgrounds[0] ?? '#12161f' },
      });
    }
    assets.change((now) => ({ ...now, assets: now.assets.filter((other) => other.id !== asset.id) }));
    const result = await api(
      routes.deleteBrandAsset,
      { params: { studioId, assetId: asset.id } },
      guestToken,
    );
    if (!result.ok) {
      setFailure({ type: asset.type, code: result.code });
      await assets.reload();
    }
  }

  const shelf = (type: BrandAssetView['type'], selected: string | null) => (
    <AssetShelf
      assets={all.filter((asset) => asset.type === type)}
      selected={selected}
      onUse={(id) => use(type, id)}
      onRemove={(asset) => void remove(asset)}
      onUpload={(file) => void upload(type, file)}
      uploadLabel={type === 'logo' ? t('brand.uploadLogo') : t('brand.uploadBackground')}
      busy={uploading?.type === type ? t('brand.uploading', { name: uploading.name }) : null}
      failure={failure?.type === type ? errorText(failure.code) : null}
    />
  );

  return (
    <div className="flex flex-col gap-6">
      {assets.state.kind === 'failed' && <Notice tone="danger">{errorText(assets.state.code)}</Notice>}
      <section aria-labelledby="brand-logo" className="flex flex-col gap-2">
        <h2 id="brand-logo" className="font-semibold text-sm">
          {t('brand.logo')}
        </h2>
        {shelf('logo', brand.logo?.asset ?? null)}
        {brand.logo !== null && (
          <CornerChoice
            corner={brand.logo.corner}
            onChoose={(corner) => {
              if (brand.logo) void session.command({ type: 'set-logo', logo: { ...brand.logo, corner } });
            }}
            onNone={() => void session.command({ type: 'set-logo', logo: null })}
          />
        )}
      </section>
      <section aria-labelledby="brand-background" className="flex flex-col gap-2">
        <h2 id="brand-background" className="font-semibold text-sm">
          {t('brand.background')}
        </h2>
        <ColourChoice
          colours={backgrounds}
          value={brand.background?.kind === 'colour' ? brand.background.colour : null}
          nameOf={(colour) => t('brand.useColour', { colour })}
          customLabel={`${t('brand.background')}: ${t('brand.custom')}`}
          onChoose={(colour) =>
            void session.command({ type: 'set-background', background: { kind: 'colour', colour } })
          }
        />
        {shelf('background', brand.background?.kind === 'image' ? brand.background.asset : null)}
      </section>
      <section aria-labelledby="brand-accent" className="flex flex-col gap-2">
        <h2 id="brand-accent" className="font-semibold text-sm">
          {t('brand.accent')}
        </h2>
        <p className="text-muted text-xs">{t('brand.accentHint')}</p>
        <ColourChoice
          colours={accents}
          value={brand.accent}
          nameOf={(colour) => t('brand.useAccent', { colour })}
          customLabel={`${t('brand.accent')}: ${t('brand.custom')}`}
          onChoose={(accent) => void session.command({ type: 'set-accent', accent })}
        />
        <Switch
          label={t('brand.nameTags')}
          detail={t('brand.nameTagsHint')}
          checked={brand.nameTags}
          onChange={(shown) => void session.command({ type: 'set-name-tags', shown })}
          className="mt-2"
        />
      </section>
    </div>
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
            'relative h-8 w-12 rounded-md border',
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
        className="ml-auto h-8 rounded-md px-2 text-muted text-xs hover:bg-raised hover:text-ink"
      >
        {t('brand.noLogo')}
      </button>
    </fieldset>
  );
}
