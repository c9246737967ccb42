'use client';
import {
  type BrandAssetType,
  type BrandFolderView,
  brandAssetTypeSchema,
  type ErrorCode,
} from '@streamus/contracts';
import { Button, Notice, Select } from '@streamus/ui';
import { FolderPlus, Upload as UploadIcon } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import { fileSize } from '@/lib/times.ts';
import { FolderRow } from './folder-row.tsx';
import { ImageCard } from './image-card.tsx';
import { NameForm } from './name-form.tsx';
import { UploadList } from './upload-list.tsx';
import { useBrandLibrary } from './use-brand-library.ts';

/** Value of the choice that shows every image. */
const ALL = 'all';

/** All images of one's own, by folder: upload, rename, move, delete and have back. */
export function ImageLibrary({ studioId }: { studioId: string }) {
  const { t } = useTranslation('brand');
  const [state, library] = useBrandLibrary(studioId, null, (now) => now);
  const [folder, setFolder] = useState<string>(ALL);
  const [type, setType] = useState<BrandAssetType>('logo');
  const [naming, setNaming] = useState(false);
  const [refused, setRefused] = useState<ErrorCode | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const chosen = state.folders.find(({ id }) => id === folder) ?? null;
  const shown = chosen === null ? state.assets : state.assets.filter((asset) => asset.folder === chosen.id);

  async function createFolder(name: string): Promise<boolean> {
    const code = await library.createFolder(name);
    setRefused(code);
    return code === null;
  }

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-2">
        <h3 className="mr-auto self-center font-semibold">{t('library.title')}</h3>
        {state.folders.length > 0 && (
          <Select
            label={t('library.folder')}
            quiet
            placeholder={t('library.folder')}
            value={chosen?.id ?? ALL}
            options={[
              { value: ALL, label: t('library.all') },
              ...state.folders.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={setFolder}
            className="w-44"
          />
        )}
        <Button tone="outline" onClick={() => setNaming(true)}>
          <FolderPlus aria-hidden />
          {t('library.newFolder')}
        </Button>
        <Select
          label={t('library.type')}
          quiet
          placeholder={t('library.type')}
          value={type}
          options={brandAssetTypeSchema.options.map((value) => ({
            value,
            label: t(`library.types.${value}`),
          }))}
          onChange={(next) => setType(brandAssetTypeSchema.parse(next))}
          className="w-36"
        />
        <input
          ref={input}
          type="file"
          multiple
          accept="image/png,image/jpeg,image/webp,image/gif,image/avif"
          aria-label={t('library.upload')}
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            const files = [...(event.target.files ?? [])];
            event.target.value = '';
            for (const file of files) void library.upload(type, file, chosen?.id ?? null);
          }}
        />
        <Button tone="outline" onClick={() => input.current?.click()}>
          <UploadIcon aria-hidden />
          {t('library.upload')}
        </Button>
      </div>
      {naming && (
        <NameForm
          label={t('library.folderName')}
          name=""
          submit={t('library.create')}
          error={refused === null ? null : errorText(refused)}
          onSubmit={createFolder}
          onClose={() => setNaming(false)}
        />
      )}
      {chosen !== null && (
        <FolderRow key={chosen.id} folder={chosen} library={library} onGone={() => setFolder(ALL)} />
      )}
      {state.problem !== null && <Notice tone="danger">{errorText(state.problem)}</Notice>}
      <UploadList
        uploads={state.uploads}
        onAgain={(upload) => void library.again(upload)}
        onDismiss={library.dismiss}
      />
      {state.deleted.map((deleted) => (
        <p
          key={deleted.item.id}
          role="status"
          className="flex items-center gap-3 rounded-lg bg-raised px-3 py-1.5 text-muted"
        >
          <span className="min-w-0 flex-1 truncate">{t('deleted', { name: deleted.item.name })}</span>
          <Button size="sm" tone="outline" onClick={() => void library.undo(deleted)}>
            {t('undo', { ns: 'common' })}
          </Button>
        </p>
      ))}
      {shown.length === 0 ? (
        state.status === 'ready' && <p className="text-muted">{emptyText(t, chosen)}</p>
      ) : (
        <ul className="grid grid-cols-2 gap-3 sm:grid-cols-4 lg:grid-cols-5">
          {shown.map((asset) => (
            <ImageCard key={asset.id} asset={asset} folders={state.folders} library={library} />
          ))}
        </ul>
      )}
      {state.maxBytes > 0 && (
        <p className="text-muted text-xs">
          {t('quota', { used: fileSize(state.usedBytes), max: fileSize(state.maxBytes) })}
        </p>
      )}
    </div>
  );
}

function emptyText(
  t: ReturnType<typeof useTranslation<'brand'>>['t'],
  folder: BrandFolderView | null,
): string {
  return folder === null ? t('library.empty') : t('library.emptyFolder');
}
