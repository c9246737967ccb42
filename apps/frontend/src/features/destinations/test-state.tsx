'use client';
import { cn } from '@streamus/ui';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import type { TestState } from './use-connection-test.ts';
import './strings.ts';

/** The result of a connection test, in words. */
export function TestStateText({ state, className }: { state: TestState; className?: string }) {
  const { t } = useTranslation('destinations');
  if (state.kind === 'untested') return null;
  return (
    <p
      role="status"
      className={cn(
        'flex items-start gap-1.5 text-xs [&_svg]:mt-px [&_svg]:size-3.5 [&_svg]:shrink-0',
        state.kind === 'reachable' && 'text-ok',
        state.kind === 'failed' && 'text-live-ink',
        state.kind === 'testing' && 'text-muted',
        className,
      )}
    >
      {state.kind === 'reachable' && <CircleCheck aria-hidden />}
      {state.kind === 'failed' && <CircleAlert aria-hidden />}
      {state.kind === 'testing' && t('testing')}
      {state.kind === 'reachable' && t('reachable')}
      {state.kind === 'failed' && errorText(state.code)}
    </p>
  );
}
