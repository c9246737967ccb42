'use client';
import { SCENES_LIMIT, type Scene } from '@streamus/studio';
import { Button, Menu, MenuItem, MenuSeparator } from '@streamus/ui';
import { ArrowDown, ArrowUp, Blend, Copy, EllipsisVertical, PencilLine, Trash2, Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../desk.tsx';
import { useStudio } from '../session-context.tsx';
import type { SceneChanges } from './change-scenes.ts';

export interface SceneMenuProps {
  readonly scene: Scene;
  readonly place: number;
  readonly changes: SceneChanges;
  /** Why it cannot be deleted. */
  readonly kept: string | null;
  readonly onTransition: () => void;
}

export function SceneMenu({ scene, place, changes, kept, onTransition }: SceneMenuProps) {
  const { t } = useTranslation('direction');
  const desk = useDesk();
  const count = useStudio((view) => view.document?.sceneOrder.length ?? 0);
  return (
    <div className="absolute right-1 bottom-1.5">
      <Menu
        align="start"
        trigger={
          <Button
            tone="ghost"
            size="icon-sm"
            className="size-6"
            aria-label={t('scenes.menu', { name: scene.name })}
          >
            <EllipsisVertical aria-hidden />
          </Button>
        }
      >
        {/* The menu gives the focus back when it closes; the field of the name takes it after that. */}
        <MenuItem icon={<PencilLine aria-hidden />} onClick={() => setTimeout(() => desk.rename(scene.id))}>
          {t('scenes.rename')}
        </MenuItem>
        <MenuItem
          icon={<Copy aria-hidden />}
          disabled={count >= SCENES_LIMIT}
          onClick={() => setTimeout(() => changes.duplicate(scene))}
        >
          {t('scenes.duplicate')}
        </MenuItem>
        <MenuItem icon={<Users aria-hidden />} onClick={() => desk.open({ kind: 'scene', scene: scene.id })}>
          {t('sceneSheet.open')}
        </MenuItem>
        <MenuItem icon={<Blend aria-hidden />} onClick={onTransition}>
          {t('transition.edit')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem
          icon={<ArrowUp aria-hidden />}
          disabled={place === 1}
          onClick={() => changes.move(scene, place - 2)}
        >
          {t('scenes.up')}
        </MenuItem>
        <MenuItem
          icon={<ArrowDown aria-hidden />}
          disabled={place === count}
          onClick={() => changes.move(scene, place)}
        >
          {t('scenes.down')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem
          danger
          icon={<Trash2 aria-hidden />}
          disabled={kept !== null}
          onClick={() => changes.remove(scene)}
        >
          {t('scenes.delete')}
        </MenuItem>
        {kept !== null && <p className="max-w-56 px-2.5 pb-1.5 text-muted text-xs">{kept}</p>}
      </Menu>
    </div>
  );
}
