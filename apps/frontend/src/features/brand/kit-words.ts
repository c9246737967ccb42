import type { TFunction } from 'i18next';
import type { KitChange } from './kit-commands.ts';

/** What using a kit has done, in words. */
export function kitChangeWords(change: KitChange, t: TFunction<'brand'>): string {
  return [
    t('kit.replaced'),
    change.overlaysAdded > 0 ? t('kit.added', { count: change.overlaysAdded }) : null,
    change.overlaysChanged > 0 ? t('kit.changed', { count: change.overlaysChanged }) : null,
    change.layouts > 0 ? t('kit.layoutsAdded', { count: change.layouts }) : null,
  ]
    .filter((part) => part !== null)
    .join(' ');
}
