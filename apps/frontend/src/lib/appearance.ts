/** How pages outside the studio look; the studio is always dark, because the picture is the light. */
export const appearances = ['system', 'light', 'dark'] as const;
export type Appearance = (typeof appearances)[number];

/** A cookie and not storage: the server writes it into the first HTML. */
export const APPEARANCE_COOKIE = 'streamus-appearance';
const YEAR_S = 365 * 24 * 3600;

export function appearanceOf(value: string | undefined): Appearance {
  return appearances.find((one) => one === value) ?? 'system';
}

/** How the page looks now. */
export function currentAppearance(): Appearance {
  return appearanceOf(document.documentElement.dataset.theme);
}

/** Changes this page at once, and the others from their next load on. */
export function chooseAppearance(appearance: Appearance): void {
  document.documentElement.dataset.theme = appearance;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is younger than the browsers of the floor
  document.cookie = `${APPEARANCE_COOKIE}=${appearance}; path=/; max-age=${YEAR_S}; samesite=lax`;
}
