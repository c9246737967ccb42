'use client';
import { LAYOUTS_LIMIT, type OwnLayout } from '@streamus/studio';
import { Button, Menu, MenuGroup, MenuItem, MenuSeparator } from '@streamus/ui';
import { PencilLine, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../desk.tsx';
import { useStudio, useStudioPlace } from '../session-context.tsx';
import { LayoutGlyph } from './layout-glyph.tsx';
import { layoutEntries } from './layout-list.ts';
import { takenOver } from './other-layouts.ts';
import { useOtherLayouts } from './use-other-layouts.ts';

/** Makes one of the studio's own layouts, or changes one. */
export function OwnLayoutsMenu() {
  const { t } = useTranslation('direction');
  const desk = useDesk();
  const layouts = useStudio((view) => view.document?.layouts ?? null);
  const { session } = useStudioPlace();
  const others = useOtherLayouts();
  const ratio = useStudio(({ document }) =>
    document === null ? 16 / 9 : document.programme.width / document.programme.height,
  );
  const own = layoutEntries({ layouts: layouts ?? {} }).flatMap((entry) => entry.own ?? []);

  async function take(layout: OwnLayout) {
    const outcome = await session.command({ type: 'save-layout', layout: takenOver(layout) });
    if (outcome.ok) desk.say(t('layouts.taken', { name: layout.name }), true);
  }

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
      {others.length > 0 && (
        <>
          <MenuSeparator />
          <MenuGroup label={t('layouts.others')}>
            {others.map(({ layout, studioName }) => (
              <MenuItem
                key={layout.id}
                icon={<LayoutGlyph layout={layout} ratio={ratio} />}
                disabled={own.length >= LAYOUTS_LIMIT}
                onClick={() => void take(layout)}
              >
                {t('layouts.takeOver', { name: layout.name, studio: studioName })}
              </MenuItem>
            ))}
          </MenuGroup>
        </>
      )}
    </Menu>
  );
}
