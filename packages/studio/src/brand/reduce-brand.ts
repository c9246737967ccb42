import type { StudioDocument } from '../document.ts';
import { done, type ReduceContext, type Reduced, refused } from '../result.ts';
import { type Brand, brandSchema, type Logo } from './brand.ts';
import type { BrandCommand } from './brand-commands.ts';
import { reduceUseKit } from './reduce-use-kit.ts';

/** How the studio looks, and the programme's shape. SPEC B, C8. */
export function reduceBrand(
  document: StudioDocument,
  command: BrandCommand,
  context: ReduceContext,
): Reduced {
  const { brand } = document;
  switch (command.type) {
    case 'set-background':
      return withBrand(document, { background: command.background });
    case 'set-logo':
      return withBrand(document, { logo: command.logo && sized(command.logo, brand.logo) });
    case 'set-name-tags':
      return withBrand(document, { nameTags: { ...brand.nameTags, shown: command.shown } });
    case 'set-accent':
      return withBrand(document, { colours: { ...brand.colours, accent: command.accent } });
    case 'set-brand': {
      const { colours, nameTags, ...rest } = command.brand;
      return withBrand(document, {
        ...given(rest),
        colours: { ...brand.colours, ...given(colours ?? {}) },
        nameTags: { ...brand.nameTags, ...given(nameTags ?? {}) },
      });
    }
    case 'use-kit':
      return reduceUseKit(document, command);
    case 'set-programme':
      return context.live ? refused('programme_locked') : done({ ...document, programme: command.programme });
  }
}

function withBrand(document: StudioDocument, change: object): Reduced {
  return done({ ...document, brand: brandSchema.parse({ ...document.brand, ...change }) });
}

/** The fields that have a value. */
function given(parts: object): object {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}

type LogoWish = Extract<BrandCommand, { type: 'set-logo' }>['logo'] & object;

function sized(logo: LogoWish, before: Logo | null): Brand['logo'] {
  return { ...logo, size: logo.size ?? before?.size ?? 'medium' };
}
