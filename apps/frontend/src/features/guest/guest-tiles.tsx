'use client';
import { type SourceId, sourceKind, sourcePerson } from '@streamus/studio';
import { cn } from '@streamus/ui';
import { MicOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { studioCards } from '../studio/cards.ts';
import { PersonMenu } from '../studio/people/person-menu.tsx';
import { SourcePicture } from '../studio/people/source-picture.tsx';
import { useLive, usePerson, useRole, useStudio } from '../studio/session-context.tsx';

/** Everyone directly, not through the programme: the people on stage large, those backstage in a row below. */
export function GuestTiles() {
  const { t } = useTranslation('guest');
  const staged = useStudio((view) =>
    studioCards(view.document?.onAir.stage ?? [], view.people)
      .filter((card) => card.onStage)
      .map((card) => card.source),
  );
  const waiting = useStudio((view) =>
    studioCards(view.document?.onAir.stage ?? [], view.people)
      .filter((card) => !card.onStage)
      .map((card) => card.source),
  );
  const columns =
    staged.length > 6 ? 'lg:grid-cols-4' : staged.length > 4 ? 'lg:grid-cols-3' : 'lg:grid-cols-2';
  return (
    <section aria-label={t('seat.people')} className="flex min-h-0 flex-1 flex-col gap-3">
      {staged.length > 0 && (
        <ul
          aria-label={t('seat.onStagePeople')}
          className={cn(
            'grid min-h-0 flex-1 auto-rows-fr gap-2',
            staged.length > 2 && 'grid-cols-2',
            staged.length === 1 ? 'lg:grid-cols-1' : columns,
          )}
        >
          {staged.map((source) => (
            <Tile key={source} source={source} onStage />
          ))}
        </ul>
      )}
      {waiting.length > 0 && (
        <div className={cn('flex flex-col', staged.length === 0 ? 'min-h-0 flex-1' : 'shrink-0')}>
          <h2 className="mb-1.5 text-muted text-xs">{t('seat.backstagePeople')}</h2>
          <ul
            aria-label={t('seat.backstagePeople')}
            className={cn(
              staged.length === 0
                ? 'grid min-h-0 flex-1 auto-rows-fr grid-cols-2 gap-2'
                : 'flex gap-2 overflow-x-auto pb-1',
            )}
          >
            {waiting.map((source) => (
              <Tile key={source} source={source} onStage={false} small={staged.length > 0} />
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Tile({ source, onStage, small }: { source: SourceId; onStage: boolean; small?: boolean }) {
  const { t } = useTranslation('studio');
  const screen = sourceKind(source) === 'screen';
  const live = useLive();
  // Moderators have everybody in a list, with what they may do.
  const moderator = useRole() === 'moderator';
  const person = usePerson(sourcePerson(source), (view) => ({
    name: view.name,
    you: view.you,
    connected: view.connected,
    camera: view.cameraOn,
    screen: view.screenOn,
    microphone: view.microphoneOn,
    speaking: view.speaking,
  }));
  if (person === null) return null;
  const name = screen
    ? t('person.screenOf', { name: person.name })
    : person.you
      ? t('person.you', { name: person.name })
      : person.name;
  return (
    <li
      aria-label={name}
      className={cn(
        'relative min-h-0 overflow-hidden rounded-xl bg-panel',
        small && 'h-20 w-32 shrink-0',
        person.speaking && !screen && 'ring-2 ring-ok',
        onStage && live && !person.speaking && 'ring-1 ring-live',
      )}
    >
      <SourcePicture
        source={source}
        name={person.name}
        visible={person.connected && (screen ? person.screen : person.camera)}
        mirrored={person.you && !screen}
        whole={screen}
        className="absolute inset-0"
      />
      {person.you && !moderator && !screen && (
        <div className="absolute top-1 right-1 [&_svg]:box-content [&_svg]:rounded-md [&_svg]:bg-panel [&_svg]:p-1">
          <PersonMenu person={sourcePerson(source)} source={source} />
        </div>
      )}
      {!person.connected && (
        <span className="absolute top-2 left-2 max-w-[calc(100%-3rem)] truncate rounded-md bg-panel px-1.5 font-medium text-2xs text-warn">
          {t('person.away')}
        </span>
      )}
      <div className="absolute inset-x-2 bottom-2 flex">
        <span className="flex max-w-full items-center gap-1.5 rounded-md bg-panel px-2 py-0.5 text-xs">
          {!screen && person.connected && !person.microphone && (
            <MicOff aria-label={t('person.muted')} className="size-3.5 shrink-0 text-live-ink" />
          )}
          <span dir="auto" className="truncate">
            {name}
          </span>
        </span>
      </div>
    </li>
  );
}
