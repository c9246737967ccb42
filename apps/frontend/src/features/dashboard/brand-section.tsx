'use client';
import { Notice } from '@streamus/ui';
import { useTranslation } from 'react-i18next';
import { Waiting } from '@/components/waiting.tsx';
import { errorText } from '@/i18n/i18n.ts';
import { ImageLibrary } from '../brand/image-library.tsx';
import { ImportKit, NewKitNews } from '../brand/import-kit.tsx';
import { KitList } from '../brand/kit-list.tsx';
import { useKits } from '../brand/use-kits.ts';
import { Section } from './list-parts.tsx';
import { LoadFailure } from './load-failure.tsx';
import '../brand/strings.ts';

/** Brand kits and images: one library for all of one's studios, reached through any of them. */
export function BrandSection({ studioId }: { studioId: string }) {
  const { t } = useTranslation('brand');
  const kits = useKits(studioId, null);
  return (
    <Section title={t('title')} text={t('text')} action={<ImportKit kits={kits} />}>
      <div className="flex flex-col gap-4">
        <NewKitNews kits={kits} />
        {kits.state.kind === 'loading' && <Waiting text={t('waiting', { ns: 'common' })} />}
        {kits.state.kind === 'failed' && (
          <LoadFailure code={kits.state.code} onRetry={() => void kits.reload()} />
        )}
        {kits.state.kind === 'ready' &&
          (kits.list.length === 0 ? <p className="text-muted">{t('kit.none')}</p> : <KitList kits={kits} />)}
        {kits.problem !== null &&
          kits.problem.kit !== null &&
          !kits.list.some(({ id }) => id === kits.problem?.kit) && (
            <Notice tone="danger">{errorText(kits.problem.code)}</Notice>
          )}
        <ImageLibrary studioId={studioId} />
      </div>
    </Section>
  );
}
