'use client';
import { Dialog } from '@streamus/ui';
import { useTranslation } from 'react-i18next';

export interface KeysHelpProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** Guests choose no layouts and end no streams. */
  readonly guest?: boolean;
}

export function KeysHelp({ open, onOpenChange, guest }: KeysHelpProps) {
  const { t } = useTranslation('studio');
  const all: readonly (readonly [string, string, boolean?])[] = [
    [t('keys.space'), t('keys.talk')],
    ['M', t('keys.mute')],
    ['V', t('keys.camera')],
    ['S', t('keys.screen')],
    ['1 – 7', t('keys.layouts'), true],
    ['L', t('keys.live'), true],
    ['?', t('keys.help')],
  ];
  const rows = guest ? all.filter(([, , producers]) => !producers) : all;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('keys.title')}
      closeLabel={t('close', { ns: 'common' })}
    >
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-3">
        {rows.map(([key, text]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="rounded-md border border-edge bg-raised px-2 py-0.5 font-mono text-xs">
                {key}
              </kbd>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
