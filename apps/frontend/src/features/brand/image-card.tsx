'use client';
import type { BrandAssetView, BrandFolderView, ErrorCode } from '@streamus/contracts';
import { Button, Menu, MenuItem, MenuSeparator } from '@streamus/ui';
import { EllipsisVertical, Folder, FolderOutput, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import { fileSize } from '@/lib/times.ts';
import type { BrandLibrary } from './brand-library.ts';
import { NameForm } from './name-form.tsx';

export interface ImageCardProps {
  readonly asset: BrandAssetView;
  readonly folders: readonly BrandFolderView[];
  readonly library: BrandLibrary;
}

/** One image of the library with what can be done with it. */
export function ImageCard({ asset, folders, library }: ImageCardProps) {
  const { t } = useTranslation('brand');
  const [renaming, setRenaming] = useState(false);
  const [refused, setRefused] = useState<ErrorCode | null>(null);

  async function change(wanted: Parameters<BrandLibrary['change']>[1]): Promise<boolean> {
    const code = await library.change(asset, wanted);
    setRefused(code);
    return code === null;
  }

  return (
    <li className="flex flex-col gap-1.5 rounded-card bg-panel p-2 shadow-card ring-1 ring-line">
      <img
        src={asset.thumbnailPath}
        alt=""
        loading="lazy"
        className="aspect-video w-full rounded-lg bg-raised object-contain"
      />
      {renaming ? (
        <NameForm
          label={t('library.name')}
          name={asset.name}
          submit={t('save', { ns: 'common' })}
          error={refused === null ? null : errorText(refused)}
          onSubmit={(name) => change({ name })}
          onClose={() => setRenaming(false)}
        />
      ) : (
        <div className="flex items-center gap-1">
          <div className="min-w-0 flex-1">
            <p dir="auto" className="text-left truncate font-medium text-xs" title={asset.name}>
              {asset.name}
            </p>
            <p className="truncate text-muted text-xs">
              {`${t(`library.types.${asset.type}`)} · ${fileSize(asset.bytes)}`}
            </p>
          </div>
          <Menu
            trigger={
              <Button tone="ghost" size="icon-sm" aria-label={t('library.menu', { name: asset.name })}>
                <EllipsisVertical aria-hidden />
              </Button>
            }
          >
            <MenuItem icon={<Pencil aria-hidden />} onClick={() => setRenaming(true)}>
              {t('kit.rename')}
            </MenuItem>
            {folders
              .filter(({ id }) => id !== asset.folder)
              .map(({ id, name }) => (
                <MenuItem key={id} icon={<Folder aria-hidden />} onClick={() => void change({ folder: id })}>
                  {t('library.moveTo', { name })}
                </MenuItem>
              ))}
            {asset.folder !== null && (
              <MenuItem icon={<FolderOutput aria-hidden />} onClick={() => void change({ folder: null })}>
                {t('library.moveOut')}
              </MenuItem>
            )}
            <MenuSeparator />
            <MenuItem danger icon={<Trash2 aria-hidden />} onClick={() => void library.remove(asset)}>
              {t('delete', { ns: 'common' })}
            </MenuItem>
          </Menu>
        </div>
      )}
      {refused !== null && !renaming && (
        <p role="alert" className="text-live-ink text-xs">
          {errorText(refused)}
        </p>
      )}
    </li>
  );
}
