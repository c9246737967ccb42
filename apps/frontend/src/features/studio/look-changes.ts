import { type AirScene, type NameTagStyle, sameJson, type Theme } from '@streamus/studio';

/** A sentence about how the programme looks. */
export type LookSay =
  | { readonly key: 'logoShown' | 'logoHidden' | 'logoChanged' | 'colours' | 'backgroundImage' }
  | { readonly key: 'nameTagsShown' | 'nameTagsHidden' }
  | { readonly key: 'backgroundColour'; readonly colour: string }
  | { readonly key: 'theme'; readonly theme: Theme }
  | { readonly key: 'font'; readonly font: string }
  | { readonly key: 'nameTagStyle'; readonly style: NameTagStyle };

/** What looks different on air; another scene's own background is no news beside that scene. */
export function lookChanges(was: AirScene, is: AirScene): LookSay[] {
  const said: LookSay[] = [];
  const [before, now] = [was.brand, is.brand];
  if (is.scene === was.scene && !sameJson(was.background, is.background)) {
    const { background } = is;
    said.push(
      background.kind === 'image'
        ? { key: 'backgroundImage' }
        : { key: 'backgroundColour', colour: background.colour },
    );
  }
  if (!sameJson(before.colours, now.colours)) said.push({ key: 'colours' });
  if (before.theme !== now.theme) said.push({ key: 'theme', theme: now.theme });
  if (before.font !== now.font) said.push({ key: 'font', font: now.font });
  if (before.nameTags.shown !== now.nameTags.shown) {
    said.push({ key: now.nameTags.shown ? 'nameTagsShown' : 'nameTagsHidden' });
  } else if (now.nameTags.shown && before.nameTags.style !== now.nameTags.style) {
    said.push({ key: 'nameTagStyle', style: now.nameTags.style });
  }
  if (!sameJson(before.logo, now.logo)) {
    if (now.logo === null) said.push({ key: 'logoHidden' });
    else said.push({ key: before.logo === null ? 'logoShown' : 'logoChanged' });
  }
  return said;
}
