'use client';
import type { BrandFolderView, ErrorCode } from '@streamus/contracts';
import { Button } from '@streamus/ui';
import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import type { BrandLibrary } from './brand-library.ts';
import { NameForm } from './name-form.tsx';

/** The folder that is open: rename it, or delete it (its images stay). */
export function FolderRow(props: { folder: BrandFolderView; library: BrandLibrary; onGone: () => void }) {
  const { t } = useTranslation('brand');
  const { folder, library, onGone } = props;
  const [renaming, setRenaming] = useState(false);
  const [refused, setRefused] = useState<ErrorCode | null>(null);
  if (renaming) {
    return (
      <NameForm
        label={t('library.folderName')}
        name={folder.name}
        submit={t('save', { ns: 'common' })}
        error={refused === null ? null : errorText(refused)}
        onSubmit={async (name) => {
          const code = await library.renameFolder(folder, name);
          setRefused(code);
          return code === null;
        }}
        onClose={() => setRenaming(false)}
      />
    );
  }
  return (
    <div className="flex gap-2">
      <Button size="sm" tone="outline" onClick={() => setRenaming(true)}>
        <Pencil aria-hidden />
        {t('library.renameFolder')}
      </Button>
      <Button
        size="sm"
        tone="danger"
        onClick={() => {
          onGone();
          void library.removeFolder(folder);
        }}
      >
        <Trash2 aria-hidden />
        {t('library.deleteFolder')}
      </Button>
    </div>
  );
}
