import type { BrandColours, NameTagStyle, Theme } from '@streamus/studio';

/** Half-lit grey behind, so that light and dark plates are both seen. */
const BEHIND = '#4a5364';

/** Corner radius of a theme's plates, of 20 high; as the painter has them. */
const corners: Readonly<Record<Theme, number>> = { plain: 3, bold: 0, bubble: 10, minimal: 0 };

/** A lower third as this theme draws it. */
export function ThemePicture({ theme, colours }: { theme: Theme; colours: BrandColours }) {
  const { accent, text, background } = colours;
  const radius = corners[theme];
  const bar = theme === 'plain' || theme === 'minimal';
  return (
    <svg aria-hidden viewBox="0 0 96 54" className="w-full rounded-md">
      <rect width="96" height="54" fill={BEHIND} />
      <clipPath id={`plate-${theme}`}>
        <rect x="8" y="24" width="62" height="22" rx={radius} />
      </clipPath>
      <g clipPath={`url(#plate-${theme})`}>
        {theme !== 'minimal' && (
          <rect x="8" y="24" width="62" height="22" fill={theme === 'bold' ? accent : background} />
        )}
        {theme === 'bold' && <rect x="8" y="37" width="62" height="9" fill={background} />}
        {bar && <rect x="8" y="24" width="3" height="22" fill={accent} />}
      </g>
      <rect x="16" y="28" width="40" height="5" rx="1" fill={text} />
      <rect x="16" y="39" width="26" height="3.5" rx="1" fill={text} opacity="0.85" />
    </svg>
  );
}

/** A name as this style draws it. */
export function NameTagPicture({ style, colours }: { style: NameTagStyle; colours: BrandColours }) {
  const { accent, text, background } = colours;
  return (
    <svg aria-hidden viewBox="0 0 64 36" className="w-full rounded-md">
      <rect width="64" height="36" fill={BEHIND} />
      {style === 'plate' && (
        <>
          <rect x="6" y="18" width="40" height="12" rx="3" fill={background} />
          <rect x="6" y="18" width="2.5" height="12" fill={accent} />
        </>
      )}
      {style === 'pill' && <rect x="6" y="18" width="40" height="12" rx="6" fill={accent} />}
      {style === 'line' && <rect x="6" y="28" width="40" height="2" fill={accent} />}
      <rect x="12" y="22" width="26" height="4" rx="1" fill={text} />
    </svg>
  );
}
