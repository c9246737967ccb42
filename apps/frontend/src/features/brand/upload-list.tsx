'use client';
import { Button } from '@streamus/ui';
import { CircleAlert, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import type { Upload } from './brand-library.ts';
import { TransferBar } from './transfer-bar.tsx';

export interface UploadListProps {
  readonly uploads: readonly Upload[];
  readonly onAgain: (upload: Upload) => void;
  readonly onDismiss: (upload: Upload) => void;
}

/** Files on their way: how far each is, or why it was refused and what to do. */
export function UploadList({ uploads, onAgain, onDismiss }: UploadListProps) {
  const { t } = useTranslation('brand');
  if (uploads.length === 0) return null;
  return (
    <ul className="flex flex-col gap-2" aria-live="polite">
      {uploads.map((upload) => {
        const { state, file } = upload;
        if (state.kind !== 'failed') {
          const percent = state.kind === 'sending' ? Math.floor(state.share * 100) : null;
          return (
            <li key={upload.id}>
              <TransferBar
                percent={state.kind === 'preparing' ? 100 : (percent ?? 0)}
                text={
                  percent === null
                    ? t(`upload.${state.kind}`, { name: file.name })
                    : t('upload.sending', { name: file.name, percent })
                }
              />
            </li>
          );
        }
        return (
          <li key={upload.id} className="flex items-start gap-1.5 text-live-ink text-xs">
            <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
            <div className="min-w-0 flex-1 break-words">
              <p>{t('upload.failed', { name: file.name, reason: errorText(state.code) })}</p>
              {isWorthAnotherTry(state.code) && (
                <Button size="sm" tone="outline" className="mt-1.5" onClick={() => onAgain(upload)}>
                  {t('retry', { ns: 'common' })}
                </Button>
              )}
            </div>
            <Button
              size="icon-sm"
              tone="danger"
              className="size-6"
              aria-label={t('dismiss', { ns: 'common' })}
              onClick={() => onDismiss(upload)}
            >
              <X aria-hidden />
            </Button>
          </li>
        );
      })}
    </ul>
  );
}

/** The same file may be taken later: nothing is wrong with it. */
function isWorthAnotherTry(code: string): boolean {
  return [
    'internal',
    'images_busy',
    'too_many_requests',
    'brand_storage_full',
    'brand_limit_reached',
  ].includes(code);
}
