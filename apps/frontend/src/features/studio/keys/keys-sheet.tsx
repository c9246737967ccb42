'use client';
import { Button, Dialog } from '@streamus/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Action, actionGroups } from './action.ts';
import { HotkeyField } from './hotkey-field.tsx';
import { useKeys } from './keys-context.tsx';
import './strings.ts';

export interface KeysSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Every action with its key; choosing a key changes it. */
export function KeysSheet({ open, onOpenChange }: KeysSheetProps) {
  const { t } = useTranslation('keys');
  const { reset } = useKeys();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('title')}
      description={t('text')}
      closeLabel={t('close', { ns: 'common' })}
      footer={
        <Button size="sm" tone="outline" onClick={reset}>
          {t('reset')}
        </Button>
      }
    >
      {open && <KeyList />}
    </Dialog>
  );
}

function KeyList() {
  const { t } = useTranslation('keys');
  const { actions } = useKeys();
  // As they were when the sheet was opened: names must not change under the pointer.
  const [list] = useState<readonly Action[]>(() => actions());
  return (
    <div className="flex flex-col gap-5">
      {actionGroups.map((group) => {
        const own = list.filter((action) => action.group === group);
        if (own.length === 0) return null;
        return (
          <section key={group} aria-labelledby={`keys-${group}`}>
            <h3 id={`keys-${group}`} className="mb-1 font-semibold text-muted text-xs">
              {t(`group.${group}`)}
            </h3>
            <ul className="flex flex-col">
              {own.map((action) => (
                <HotkeyField key={action.id} action={action} among={list} />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
