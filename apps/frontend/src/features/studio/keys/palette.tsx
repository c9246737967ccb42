'use client';
import { cn, Dialog } from '@streamus/ui';
import { type KeyboardEvent, type RefObject, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Action, actionGroups } from './action.ts';
import { hotkeyText, isMac } from './hotkey.ts';
import { hotkeyFor } from './hotkey-plan.ts';
import { useKeys } from './keys-context.tsx';
import { searchActions } from './search-actions.ts';
import './strings.ts';

/** Every action by its name: type, choose, Enter. */
export function Palette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation('keys');
  const field = useRef<HTMLInputElement>(null);
  return (
    <Dialog
      initialFocus={field}
      open={open}
      onOpenChange={onOpenChange}
      title={t('palette.title')}
      closeLabel={t('close', { ns: 'common' })}
    >
      {open && <PaletteSearch field={field} onDone={() => onOpenChange(false)} />}
    </Dialog>
  );
}

function PaletteSearch(props: { field: RefObject<HTMLInputElement | null>; onDone: () => void }) {
  const { t } = useTranslation('keys');
  const { actions } = useKeys();
  const list = useMemo<readonly Action[]>(() => actions(), [actions]);
  const [query, setQuery] = useState('');
  /** Null: the first. More may come while one looks. */
  const [active, setActive] = useState<string | null>(null);
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const found = searchActions(list, query);
  const shown =
    query.trim() === '' ? actionGroups.flatMap((group) => found.filter((one) => one.group === group)) : found;
  const chosen = shown.find(({ id: one }) => one === active) ?? shown[0];

  useEffect(() => {
    box.current?.querySelector(`[data-action="${chosen?.id}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen?.id]);

  function run(action: Action | undefined) {
    if (action === undefined || action.unavailable) return;
    props.onDone();
    // The dialog gives the focus back first: an action may want it somewhere else.
    setTimeout(action.run);
  }

  function press(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = (chosen === undefined ? -1 : shown.indexOf(chosen)) + step;
      setActive(shown.at(next % Math.max(1, shown.length))?.id ?? null);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(chosen);
    }
  }

  return (
    <div className="flex flex-col gap-3">
      <input
        ref={props.field}
        role="combobox"
        aria-label={t('palette.label')}
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={chosen === undefined ? undefined : `${id}-${chosen.id}`}
        aria-autocomplete="list"
        autoComplete="off"
        placeholder={t('palette.hint')}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(null);
        }}
        onKeyDown={press}
        className="touch-target h-11 w-full rounded-lg border border-edge bg-panel px-3 text-base hover:border-muted focus-visible:border-accent"
      />
      <p role="status" className="sr-only">
        {t('palette.found', { count: shown.length })}
      </p>
      {shown.length === 0 && <p className="py-6 text-center text-muted">{t('palette.nothing', { query })}</p>}
      <div
        ref={box}
        role="listbox"
        tabIndex={-1}
        id={`${id}-list`}
        aria-label={t('palette.list')}
        className={cn('flex max-h-[50vh] flex-col overflow-y-auto', shown.length === 0 && 'hidden')}
      >
        {shown.map((action) => (
          <PaletteOption
            key={action.id}
            id={`${id}-${action.id}`}
            action={action}
            active={action === chosen}
            onPick={() => run(action)}
          />
        ))}
      </div>
    </div>
  );
}

function PaletteOption(props: { id: string; action: Action; active: boolean; onPick: () => void }) {
  const { t } = useTranslation('keys');
  const { chosen } = useKeys();
  const { action, active } = props;
  const hotkey = hotkeyFor(chosen, action.id);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and runs the active option by Enter
    <div
      role="option"
      tabIndex={-1}
      id={props.id}
      data-action={action.id}
      aria-selected={active}
      aria-disabled={action.unavailable ? true : undefined}
      onClick={props.onPick}
      className={cn(
        'touch-target flex min-h-9 shrink-0 cursor-pointer items-center gap-3 rounded-lg px-2.5 py-1.5 hover:bg-raised',
        active && 'bg-raised outline-2 outline-accent -outline-offset-2',
        action.unavailable && 'cursor-not-allowed',
      )}
    >
      <span className="min-w-0 flex-1">
        <span className={cn('block truncate', action.unavailable && 'text-muted')}>{action.name}</span>
        {action.unavailable && <span className="block text-muted text-xs">{action.unavailable}</span>}
      </span>
      <span className="shrink-0 text-muted text-xs">{t(`group.${action.group}`)}</span>
      {hotkey !== null && (
        <kbd className="min-w-6 shrink-0 rounded border border-edge px-1 text-center font-mono text-2xs text-muted">
          {hotkeyText(hotkey, isMac())}
        </kbd>
      )}
    </div>
  );
}
