import { brandFonts } from '@streamus/fonts';
import { themeSchema } from '@streamus/studio';
import type { Action } from '../keys/action.ts';
import type { DeskContext } from '../keys/desk-actions.ts';
import { kitActions } from './kit-actions.ts';
import { lastLogo, toggleLogo } from './toggle-logo.ts';

/** What of the look one changes in the middle of a show, or knows by name; the rest is in the panel. */
export function brandActions(context: DeskContext): Action[] {
  const { session, studioId, studioWords } = context;
  const { document } = session.store.getState();
  if (document === null) return [];
  const { logo, nameTags, theme, font } = document.brand;
  const fonts = [
    { id: 'system', family: studioWords('brand.systemFont') },
    ...brandFonts.map(({ id, family }) => ({ id, family })),
  ];
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
    ...fonts.map(
      ({ id, family }): Action => ({
        id: `font-${id}`,
        unlisted: true,
        group: 'brand',
        name: studioWords('brand.action.font', { font: family }),
        unavailable: id === font ? studioWords('brand.action.fontIsOn') : null,
        run: () => void session.command({ type: 'set-brand', brand: { font: id } }),
      }),
    ),
    ...kitActions(context),
  ];
}
