'use client';
import { type SourceId, sceneInEdit, sourceKind, sourcePerson } from '@streamus/studio';
import { Button, cn, LevelMeter } from '@streamus/ui';
import { MonitorUp, Star, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { stageOf, useLive, usePerson, useStudio, useStudioPlace } from '../session-context.tsx';
import type { useReorder } from '../use-reorder.ts';
import { PersonMenu } from './person-menu.tsx';
import { PersonMicrophone } from './person-microphone.tsx';
import { SourcePicture } from './source-picture.tsx';

export interface SourceCardProps {
  readonly source: SourceId;
  /** The first one backstage, set off from those on stage. */
  readonly divided: boolean;
  readonly dragged: boolean;
  /** Where another card would be dropped beside this one. */
  readonly drop: 'before' | 'after' | null;
  /** What makes it movable; null backstage, where there is no order. */
  readonly itemProps: ReturnType<ReturnType<typeof useReorder<SourceId>>['item']> | null;
}

/** One camera or screen: picture, name, meter, microphone, on or off stage, the rest in a menu. */
export function SourceCard({ source, divided, dragged, drop, itemProps }: SourceCardProps) {
  const { t } = useTranslation('studio');
  const id = sourcePerson(source);
  const screen = sourceKind(source) === 'screen';
  const person = usePerson(id, (view) => ({
    name: view.name,
    you: view.you,
    connected: view.connected,
    camera: view.cameraOn,
    screen: view.screenOn,
    speaking: view.speaking,
    frozen: view.frozen,
    weak: view.quality === 'poor' || view.quality === 'lost',
  }));
  const onStage = useStudio((view) => stageOf(view).includes(source));
  const inProgramme = useStudio((view) => view.document?.onAir.stage.includes(source) ?? false);
  const spotlit = useStudio(
    ({ document }) => document !== null && sceneInEdit(document).spotlight === source,
  );
  const live = useLive();
  if (person === null) return null;
  const shown = screen ? t('person.screenOf', { name: person.name }) : person.name;
  const onAir = live && inProgramme;
  return (
    <li
      {...itemProps}
      aria-label={shown}
      className={cn(
        'relative flex w-42 shrink-0 flex-col overflow-hidden rounded-xl bg-panel',
        divided && 'ml-4',
        dragged && 'opacity-50',
        drop === 'before' && 'shadow-[-5px_0_0_0_var(--accent-ink)]',
        drop === 'after' && 'shadow-[5px_0_0_0_var(--accent-ink)]',
        onAir ? 'ring-2 ring-live' : onStage ? 'ring-2 ring-accent' : 'ring-1 ring-line',
      )}
    >
      <SourcePicture
        source={source}
        name={person.name}
        visible={person.connected && (screen ? person.screen : person.camera)}
        mirrored={person.you && !screen}
        whole={screen}
        className="h-21"
      />
      <div className="absolute inset-x-1.5 top-1.5 flex items-center gap-1">
        <span
          className={cn(
            'rounded-md px-1.5 font-medium text-2xs',
            !person.connected
              ? 'bg-panel text-warn'
              : onAir
                ? 'bg-live text-on-live'
                : onStage
                  ? 'bg-accent text-on-accent'
                  : 'bg-panel text-muted',
          )}
        >
          {!person.connected
            ? t('person.away')
            : onAir
              ? t('live.onAir')
              : onStage
                ? t('person.onStage')
                : t('person.backstage')}
        </span>
        {spotlit && (
          <span
            title={t('person.spotlit')}
            className={cn('rounded-md bg-panel p-0.5 text-accent-ink', !person.weak && 'ml-auto')}
          >
            <Star aria-label={t('person.spotlit')} className="size-3.5 fill-current" />
          </span>
        )}
        {person.weak && person.connected && (
          <span title={t('person.weak')} className="ml-auto rounded-md bg-panel p-0.5 text-warn">
            <TriangleAlert aria-label={t('person.weak')} className="size-3.5" />
          </span>
        )}
      </div>
      {person.frozen && !screen && (
        <p role="status" className="absolute top-7.5 left-1.5 rounded-md bg-panel px-1.5 text-2xs text-warn">
          {t('person.frozen')}
        </p>
      )}
      {screen ? <div className="h-1 bg-raised" /> : <CardLevel id={id} />}
      <div className="flex h-7 items-center gap-1 pr-1 pl-2">
        {screen && <MonitorUp aria-hidden className="size-3.5 shrink-0 text-muted" />}
        <span dir="auto" className="text-left min-w-0 flex-1 truncate font-medium text-xs" title={shown}>
          {person.you && !screen ? t('person.you', { name: person.name }) : shown}
        </span>
        {!screen && <PersonMicrophone id={id} name={person.name} you={person.you} />}
        <PersonMenu person={id} source={source} />
      </div>
      <div className="px-1.5 pb-1.5">
        <StageButton source={source} name={shown} onStage={onStage} live={live} />
      </div>
    </li>
  );
}

function StageButton(props: { source: SourceId; name: string; onStage: boolean; live: boolean }) {
  const { t } = useTranslation('studio');
  const { session } = useStudioPlace();
  const scene = useStudio((view) => view.document?.scene);
  const words = props.onStage ? t('person.backstageAction') : t('person.putOnStage');
  return (
    <Button
      size="sm"
      tone={props.onStage ? 'neutral' : props.live ? 'live' : 'accent'}
      className="w-full"
      aria-label={`${words}: ${props.name}`}
      onClick={() =>
        void session.command({
          type: props.onStage ? 'put-backstage' : 'put-on-stage',
          source: props.source,
          scene,
        })
      }
    >
      {words}
    </Button>
  );
}

function CardLevel({ id }: { id: string }) {
  const { t } = useTranslation('studio');
  const level = usePerson(id, (person) => person.level) ?? 0;
  const name = usePerson(id, (person) => person.name) ?? '';
  return <LevelMeter label={t('person.level', { name })} level={level} className="[&>*]:rounded-none" />;
}
