'use client';
import { Dialog } from '@streamus/ui';
import { useTranslation } from 'react-i18next';

export function KeysHelp(props: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation('studio');
  const rows: readonly (readonly [string, string])[] = [
    [t('keys.space'), t('keys.talk')],
    ['M', t('keys.mute')],
    ['V', t('keys.camera')],
    ['S', t('keys.screen')],
    ['1 – 7', t('keys.layouts')],
    ['L', t('keys.live')],
    ['?', t('keys.help')],
  ];
  return (
    <Dialog {...props} title={t('keys.title')} closeLabel={t('close', { ns: 'common' })}>
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
