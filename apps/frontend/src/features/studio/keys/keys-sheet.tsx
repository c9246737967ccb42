'use client';
import { Button, Dialog } from '@streamus/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Action, actionGroups } from './action.ts';
import { FIXED_KEYS, type FixedKey } from './fixed-keys.ts';
import { hotkeyText, isMac } from './hotkey.ts';
import { HotkeyField } from './hotkey-field.tsx';
import { useKeys } from './keys-context.tsx';
import './strings.ts';

export interface KeysSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** Keys that cannot be changed. */
  readonly fixed?: readonly FixedKey[];
}

/** Every action with its key; choosing a key changes it. */
export function KeysSheet({ open, onOpenChange, fixed = [] }: KeysSheetProps) {
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
      {open && <KeyList fixed={fixed} />}
    </Dialog>
  );
}

function KeyList({ fixed }: { fixed: readonly FixedKey[] }) {
  const { t } = useTranslation('keys');
  const { actions } = useKeys();
  // As they were when the sheet was opened: names must not change under the pointer.
  const [list] = useState<readonly Action[]>(() => actions().filter(({ unlisted }) => !unlisted));
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
      {fixed.length > 0 && <FixedKeys uses={fixed} />}
    </div>
  );
}

/** What keys do with the thing in focus. */
function FixedKeys({ uses }: { uses: readonly FixedKey[] }) {
  const { t } = useTranslation('keys');
  const mac = isMac();
  return (
    <section aria-labelledby="keys-fixed">
      <h3 id="keys-fixed" className="mb-1 font-semibold text-muted text-xs">
        {t('fixedTitle')}
      </h3>
      <ul className="flex flex-col">
        {uses.map((use) => (
          <li key={use} className="flex min-h-9 items-center gap-3 py-0.5">
            <span className="min-w-0 flex-1">{t(`fixed.${use}`)}</span>
            <span className="flex shrink-0 gap-1">
              {FIXED_KEYS[use].map((hotkey) => (
                <kbd key={hotkey} className="rounded-md bg-raised px-2 py-1 font-mono text-xs">
                  {hotkeyText(hotkey, mac)}
                </kbd>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
