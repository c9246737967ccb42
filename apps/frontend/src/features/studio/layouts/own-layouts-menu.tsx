'use client';
import { LAYOUTS_LIMIT } from '@streamus/studio';
import { Button, Menu, MenuItem, MenuSeparator } from '@streamus/ui';
import { PencilLine, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../desk.tsx';
import { useStudio } from '../session-context.tsx';
import { layoutEntries } from './layout-list.ts';

/** Makes one of the studio's own layouts, or changes one. */
export function OwnLayoutsMenu() {
  const { t } = useTranslation('direction');
  const desk = useDesk();
  const layouts = useStudio((view) => view.document?.layouts ?? null);
  const own = layoutEntries({ layouts: layouts ?? {} }).flatMap((entry) => entry.own ?? []);
  return (
    <Menu
      trigger={
        <Button tone="ghost" size="icon-sm" className="size-8" aria-label={t('layouts.menu')}>
          <Plus aria-hidden />
        </Button>
      }
    >
      <MenuItem
        icon={<Plus aria-hidden />}
        disabled={own.length >= LAYOUTS_LIMIT}
        onClick={() => desk.open({ kind: 'layout', layout: null })}
      >
        {t('layouts.new')}
      </MenuItem>
      {own.length > 0 && <MenuSeparator />}
      {own.map(({ id, name }) => (
        <MenuItem
          key={id}
          icon={<PencilLine aria-hidden />}
          onClick={() => desk.open({ kind: 'layout', layout: id })}
        >
          {t('layouts.edit', { name })}
        </MenuItem>
      ))}
    </Menu>
  );
}
