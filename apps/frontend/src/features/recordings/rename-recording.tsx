'use client';
import type { ErrorCode, RecordingView } from '@streamus/contracts';
import { Button, Dialog, TextField } from '@streamus/ui';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';

export interface RenameRecordingProps {
  readonly recording: RecordingView;
  readonly onRename: (title: string) => Promise<ErrorCode | null>;
  readonly onClose: () => void;
}

export function RenameRecording({ recording, onRename, onClose }: RenameRecordingProps) {
  const { t } = useTranslation('dashboard');
  const [title, setTitle] = useState(recording.title);
  const [failure, setFailure] = useState<string | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (title.trim() === '') return;
    const refused = await onRename(title.trim());
    if (refused === null) onClose();
    else setFailure(errorText(refused));
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('recordings.renameTitle')}
      closeLabel={t('close', { ns: 'common' })}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label={t('recordings.name')}
          value={title}
          maxLength={120}
          dir="auto"
          onChange={(event) => setTitle(event.target.value)}
          error={failure}
        />
        <Button type="submit" tone="accent" className="self-end" disabled={title.trim() === ''}>
          {t('save', { ns: 'common' })}
        </Button>
      </form>
    </Dialog>
  );
}
