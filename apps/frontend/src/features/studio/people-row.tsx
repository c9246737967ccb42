'use client';
import { useTranslation } from 'react-i18next';
import { studioCards } from './cards.ts';
import { SourceCard } from './people/source-card.tsx';
import { stageOf, useStudio } from './session-context.tsx';

/** Everyone and everything that can be on stage: on stage first, backstage after a line. */
export function PeopleRow() {
  const { t } = useTranslation('studio');
  const sources = useStudio((view) => studioCards(stageOf(view), view.people).map((card) => card.source));
  const onStage = useStudio((view) => stageOf(view).length);
  return (
    <section aria-label={t('regions.people')} className="shrink-0">
      <ul className="flex gap-2 overflow-x-auto px-0.5 pt-0.5 pb-1.5 [scrollbar-width:thin]">
        {sources.map((source, index) => (
          <SourceCard key={source} source={source} divided={index === onStage && index > 0} />
        ))}
      </ul>
    </section>
  );
}
