'use client';
import { Notice } from '@streamus/ui';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import { fileSize } from '@/lib/times.ts';
import { useBrandLibrary } from '../../brand/use-brand-library.ts';
import { useStudioPlace } from '../session-context.tsx';
import { BackgroundSection } from './background-section.tsx';
import { ColoursSection } from './colours-section.tsx';
import { KitsSection } from './kits-section.tsx';
import { LogoSection } from './logo-section.tsx';
import { NameTagsSection, TypeSection } from './type-section.tsx';
import '../../brand/strings.ts';

/** How the studio looks: seen in the programme at once, there again in the next stream. */
export function BrandPanel() {
  const { studioId, guestToken } = useStudioPlace();
  const [problem] = useBrandLibrary(studioId, guestToken, (now) => now.problem);
  return (
    <div className="flex flex-col gap-6">
      {problem !== null && <Notice tone="danger">{errorText(problem)}</Notice>}
      <LogoSection />
      <BackgroundSection />
      <ColoursSection />
      <TypeSection />
      <NameTagsSection />
      <KitsSection />
      <Room />
    </div>
  );
}

/** How much of one's space the images take. */
function Room() {
  const { t } = useTranslation('brand');
  const { studioId, guestToken } = useStudioPlace();
  const [{ used, max }] = useBrandLibrary(studioId, guestToken, (now) => ({
    used: now.usedBytes,
    max: now.maxBytes,
  }));
  if (max === 0) return null;
  return (
    <p className="border-t pt-3 text-muted text-xs">
      {t('quota', { used: fileSize(used), max: fileSize(max) })}
    </p>
  );
}
