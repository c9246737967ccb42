'use client';
import type { BrandAssetView } from '@streamus/contracts';
import { Button, cn } from '@streamus/ui';
import { Trash2, Upload } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

export interface AssetShelfProps {
  readonly assets: readonly BrandAssetView[];
  readonly selected: string | null;
  readonly onUse: (id: string) => void;
  readonly onRemove: (asset: BrandAssetView) => void;
  readonly onUpload: (file: File) => void;
  readonly uploadLabel: string;
  /** What is being uploaded now, in words. */
  readonly busy: string | null;
  readonly failure: string | null;
}

/** Uploaded images of one kind: choose, delete, add. */
export function AssetShelf(props: AssetShelfProps) {
  const { t } = useTranslation('studio');
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="flex flex-col gap-2">
      {props.assets.length > 0 && (
        <ul className="grid grid-cols-3 gap-2">
          {props.assets.map((asset) => (
            <li key={asset.id} className="group relative">
              <button
                type="button"
                aria-label={t('brand.use', { name: asset.name })}
                aria-pressed={asset.id === props.selected}
                onClick={() => props.onUse(asset.id)}
                className={cn(
                  'block aspect-video w-full overflow-hidden rounded-lg bg-raised',
                  asset.id === props.selected ? 'ring-2 ring-accent-ink' : 'ring-1 ring-line hover:ring-edge',
                )}
              >
                <img
                  src={asset.path}
                  alt=""
                  className={cn(
                    'h-full w-full',
                    asset.type === 'logo' ? 'object-contain p-1.5' : 'object-cover',
                  )}
                />
              </button>
              <Button
                size="icon-sm"
                className="absolute top-1 right-1 size-6 opacity-0 focus-visible:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
                aria-label={t('brand.remove', { name: asset.name })}
                onClick={() => props.onRemove(asset)}
              >
                <Trash2 aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg,image/webp,image/gif,image/avif"
        aria-label={props.uploadLabel}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) props.onUpload(file);
        }}
      />
      <Button size="sm" disabled={props.busy !== null} onClick={() => input.current?.click()}>
        <Upload aria-hidden />
        {props.uploadLabel}
      </Button>
      <p
        aria-live="polite"
        className={cn('break-words text-xs', props.failure ? 'text-live-ink' : 'text-muted')}
      >
        {props.failure ?? props.busy ?? t('brand.formats')}
      </p>
    </div>
  );
}
