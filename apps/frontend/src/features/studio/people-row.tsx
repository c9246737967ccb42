'use client';
import { type SourceId, sceneInEdit, sourceKind } from '@streamus/studio';
import { Tooltip } from '@streamus/ui';
import { Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { studioCards } from './cards.ts';
import { useDesk } from './desk.tsx';
import { useHotkey } from './keys/keys-context.tsx';
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
    <section aria-label={t('regions.people')} className="flex shrink-0 gap-2">
      <OwnPeople />
      <ul
        ref={list}
        className="flex min-w-0 flex-1 select-none gap-2 overflow-x-auto px-0.5 pt-0.5 pb-1.5 [scrollbar-width:thin]"
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

/** Says that what is done here concerns one scene alone, and leads to the choice. */
function OwnPeople() {
  const { t } = useTranslation('direction');
  const desk = useDesk();
  const hotkey = useHotkey('scene-sheet');
  const scene = useStudio(({ document }) => (document === null ? null : sceneInEdit(document)));
  if (scene === null || scene.cast === null) return null;
  const words = t('sceneSheet.people.only', { name: scene.name });
  return (
    <Tooltip text={words} hotkey={hotkey.text}>
      <button
        type="button"
        aria-label={words}
        aria-keyshortcuts={hotkey.aria}
        onClick={() => desk.open({ kind: 'scene', scene: scene.id })}
        className="mt-0.5 mb-1.5 flex w-17 shrink-0 flex-col items-center justify-center gap-1.5 rounded-xl bg-accent-soft px-1 text-2xs text-accent-ink hover:bg-raised [&_svg]:size-4"
      >
        <Users aria-hidden />
        <span className="text-center">{t('sceneSheet.people.onlyShort')}</span>
      </button>
    </Tooltip>
  );
}
