'use client';
import { type SourceId, sourceKind } from '@streamus/studio';
import { useTranslation } from 'react-i18next';
import { studioCards } from './cards.ts';
import { useDesk } from './desk.tsx';
import { SourceCard } from './people/source-card.tsx';
import { stageOf, useStudio, useStudioPlace } from './session-context.tsx';
import { useReorder } from './use-reorder.ts';

/** Everyone and everything that can be on stage: on stage first, in an order one can drag, backstage after a line. */
export function PeopleRow() {
  const { t } = useTranslation('studio');
  const { t: direct } = useTranslation('direction');
  const { session } = useStudioPlace();
  const desk = useDesk();
  const sources = useStudio((view) => studioCards(stageOf(view), view.people).map((card) => card.source));
  const staged = useStudio((view) => stageOf(view));
  const { list, item, dragged, before } = useReorder<SourceId>({
    ids: staged,
    axis: 'x',
    onMove: (source, index) => {
      const { document, people } = session.store.getState();
      void session.command({ type: 'move-on-stage', source, index, scene: document?.scene });
      const person = people.find(({ id }) => source.endsWith(id));
      if (person === undefined) return;
      const name =
        sourceKind(source) === 'screen' ? t('person.screenOf', { name: person.name }) : person.name;
      desk.say(direct('stage.moved', { name, place: index + 1, count: staged.length }));
    },
  });
  return (
    <section aria-label={t('regions.people')} className="shrink-0">
      <ul
        ref={list}
        className="flex select-none gap-2 overflow-x-auto px-0.5 pt-0.5 pb-1.5 [scrollbar-width:thin]"
      >
        {sources.map((source, index) => (
          <SourceCard
            key={source}
            source={source}
            divided={index === staged.length && index > 0}
            dragged={source === dragged}
            drop={
              source === before ? 'before' : before === 'end' && index === staged.length - 1 ? 'after' : null
            }
            itemProps={index < staged.length ? item(source) : null}
          />
        ))}
      </ul>
    </section>
  );
}
