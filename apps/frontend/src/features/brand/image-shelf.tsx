'use client';
import type { BrandAssetType, BrandAssetView } from '@streamus/contracts';
import { Button, cn } from '@streamus/ui';
import { Trash2, Upload as UploadIcon } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BrandLibrary, Deleted, Upload } from './brand-library.ts';
import { UploadList } from './upload-list.tsx';
import { useBrandLibrary } from './use-brand-library.ts';
import './strings.ts';

/** Shown before one asks for more: three rows. */
const FEW = 9;

export interface ImageShelfProps {
  readonly studioId: string;
  readonly guestToken: string | null;
  readonly type: BrandAssetType;
  readonly selected: string | null;
  readonly uploadLabel: string;
  readonly onUse: (asset: BrandAssetView) => void;
  /** Before an image that is in use goes away. */
  readonly onRemove?: (asset: BrandAssetView) => Promise<void>;
  /** After a deletion was taken back. */
  readonly onRestored?: (asset: BrandAssetView) => void;
}

/** Uploaded images of one kind: choose, delete, add; what is on its way is said below. */
export function ImageShelf(props: ImageShelfProps) {
  const { t } = useTranslation('brand');
  const { type, selected } = props;
  const input = useRef<HTMLInputElement>(null);
  /** An upload takes its time; what it is for has moved on meanwhile. */
  const use = useRef(props.onUse);
  use.current = props.onUse;
  const [all, setAll] = useState(false);
  const [state, library] = useBrandLibrary(props.studioId, props.guestToken, (now) => ({
    assets: now.assets,
    uploads: now.uploads,
    deleted: now.deleted,
    status: now.status,
  }));
  const own = state.assets.filter((asset) => asset.type === type);
  // The one in use is seen whatever there is beside it.
  const shown = all ? own : own.filter((asset, index) => index < FEW || asset.id === selected);

  async function upload(files: readonly File[]) {
    for (const file of files) {
      const asset = await library.upload(type, file);
      if (asset !== null) use.current(asset);
    }
  }

  return (
    <div className="flex flex-col gap-2">
      {shown.length > 0 && (
        <ul className="grid grid-cols-3 gap-2">
          {shown.map((asset) => (
            <Tile
              key={asset.id}
              asset={asset}
              selected={asset.id === selected}
              onUse={() => props.onUse(asset)}
              onRemove={async () => {
                await props.onRemove?.(asset);
                await library.remove(asset);
              }}
            />
          ))}
        </ul>
      )}
      {own.length > shown.length && (
        <Button size="sm" tone="ghost" onClick={() => setAll(true)}>
          {t('image.all', { count: own.length })}
        </Button>
      )}
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg,image/webp,image/gif,image/avif"
        aria-label={props.uploadLabel}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          void upload(files);
        }}
      />
      <Button size="sm" tone="outline" className="touch-target" onClick={() => input.current?.click()}>
        <UploadIcon aria-hidden />
        {props.uploadLabel}
      </Button>
      <ShelfNews
        {...props}
        onUse={(asset) => use.current(asset)}
        library={library}
        uploads={state.uploads}
        deleted={state.deleted}
      />
    </div>
  );
}

/** What is on its way, what was refused, and what can be had back. */
function ShelfNews(
  props: ImageShelfProps & {
    library: BrandLibrary;
    uploads: readonly Upload[];
    deleted: readonly Deleted[];
  },
) {
  const { t } = useTranslation('brand');
  const { library, type } = props;
  const uploads = props.uploads.filter((upload) => upload.type === type);
  const deleted = props.deleted.flatMap((one) => (one.kind === 'image' && one.item.type === type ? one : []));

  async function again(upload: Upload) {
    const asset = await library.again(upload);
    if (asset !== null) props.onUse(asset);
  }

  return (
    <>
      <UploadList uploads={uploads} onAgain={(upload) => void again(upload)} onDismiss={library.dismiss} />
      {deleted.map((one) => (
        <p
          key={one.item.id}
          role="status"
          className="flex items-center gap-2 rounded-lg bg-raised py-1 pr-1 pl-2.5 text-muted text-xs"
        >
          <span className="min-w-0 flex-1 truncate">{t('deleted', { name: one.item.name })}</span>
          <Button
            size="sm"
            tone="outline"
            onClick={async () => {
              await library.undo(one);
              props.onRestored?.(one.item);
            }}
          >
            {t('undo', { ns: 'common' })}
          </Button>
        </p>
      ))}
      {uploads.length === 0 && deleted.length === 0 && (
        <p className="text-muted text-xs">{t('image.formats')}</p>
      )}
    </>
  );
}

interface TileProps {
  readonly asset: BrandAssetView;
  readonly selected: boolean;
  readonly onUse: () => void;
  readonly onRemove: () => Promise<void>;
}

function Tile({ asset, selected, onUse, onRemove }: TileProps) {
  const { t } = useTranslation('brand');
  return (
    <li className="group relative">
      <button
        type="button"
        aria-label={t('image.use', { name: asset.name })}
        title={asset.name}
        aria-pressed={selected}
        onClick={onUse}
        className={cn(
          'block aspect-video w-full overflow-hidden rounded-lg bg-raised',
          selected ? 'ring-2 ring-accent-ink' : 'ring-1 ring-line hover:ring-edge',
        )}
      >
        <img
          src={asset.thumbnailPath}
          alt=""
          loading="lazy"
          className={cn('h-full w-full', asset.type === 'background' ? 'object-cover' : 'object-contain p-1')}
        />
      </button>
      <Button
        size="icon-sm"
        className="absolute top-1 right-1 size-6 opacity-0 focus-visible:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
        aria-label={t('image.remove', { name: asset.name })}
        onClick={() => void onRemove()}
      >
        <Trash2 aria-hidden />
      </Button>
    </li>
  );
}
