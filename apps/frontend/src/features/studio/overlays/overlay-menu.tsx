'use client';
import type { Overlay } from '@streamus/studio';
import { Button, Menu, MenuItem, MenuSeparator } from '@streamus/ui';
import { ArrowDown, ArrowUp, Copy, EllipsisVertical, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Overlays } from './use-overlays.ts';

export interface OverlayMenuProps {
  readonly overlay: Overlay;
  readonly name: string;
  readonly position: number;
  readonly count: number;
  readonly overlays: Overlays;
  readonly onMove: (index: number) => void;
}

export function OverlayMenu({ overlay, name, position, count, overlays, onMove }: OverlayMenuProps) {
  const { t } = useTranslation('overlays');
  return (
    <Menu
      trigger={
        <Button tone="ghost" size="icon-sm" aria-label={t('menu', { name })}>
          <EllipsisVertical aria-hidden />
        </Button>
      }
    >
      <MenuItem icon={<Copy aria-hidden />} onClick={() => void overlays.duplicate(overlay)}>
        {t('duplicate')}
      </MenuItem>
      <MenuItem icon={<ArrowUp aria-hidden />} disabled={position === 0} onClick={() => onMove(position - 1)}>
        {t('moveUp')}
      </MenuItem>
      <MenuItem
        icon={<ArrowDown aria-hidden />}
        disabled={position === count - 1}
        onClick={() => onMove(position + 1)}
      >
        {t('moveDown')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger icon={<Trash2 aria-hidden />} onClick={() => void overlays.remove(overlay)}>
        {t('delete', { ns: 'common' })}
      </MenuItem>
    </Menu>
  );
}
