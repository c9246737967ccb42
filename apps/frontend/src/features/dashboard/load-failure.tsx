'use client';
import type { ErrorCode } from '@streamus/contracts';
import { Button, Notice } from '@streamus/ui';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';

export function LoadFailure({ code, onRetry }: { code: ErrorCode; onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <Notice
      tone="danger"
      action={
        <Button size="sm" tone="outline" onClick={onRetry}>
          {t('retry')}
        </Button>
      }
    >
      {errorText(code)}
    </Notice>
  );
}
