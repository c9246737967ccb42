import { themeSchema } from '@streamus/studio';
import type { Action } from '../keys/action.ts';
import type { DeskContext } from '../keys/desk-actions.ts';
import { lastLogo, toggleLogo } from './toggle-logo.ts';

/** What of the look one changes in the middle of a show; the rest is in the panel. */
export function brandActions({ session, studioId, studioWords }: DeskContext): Action[] {
  const { document } = session.store.getState();
  if (document === null) return [];
  const { logo, nameTags, theme } = document.brand;
  return [
    {
      id: 'logo',
      group: 'brand',
      name: studioWords(logo === null ? 'brand.action.logoOn' : 'brand.action.logoOff'),
      unavailable:
        logo === null && lastLogo(studioId) === null ? studioWords('brand.action.noLogoYet') : null,
      run: () => toggleLogo(session, studioId),
    },
    {
      id: 'name-tags',
      group: 'brand',
      name: studioWords(nameTags.shown ? 'brand.action.nameTagsOff' : 'brand.action.nameTagsOn'),
      run: () => void session.command({ type: 'set-name-tags', shown: !nameTags.shown }),
    },
    ...themeSchema.options.map(
      (one): Action => ({
        id: `theme-${one}`,
        group: 'brand',
        name: studioWords('brand.action.theme', { theme: studioWords(`brand.themes.${one}`) }),
        unavailable: one === theme ? studioWords('brand.action.themeIsOn') : null,
        run: () => void session.command({ type: 'set-brand', brand: { theme: one } }),
      }),
    ),
  ];
}
