'use client';
import {
  type Scene,
  type SourceId,
  STAGE_PEOPLE_LIMIT,
  STAGE_SCREENS_LIMIT,
  sourceKind,
  sourcePerson,
} from '@streamus/studio';
import { Button, cn, Switch } from '@streamus/ui';
import { ArrowDown, ArrowUp, MonitorUp } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '@/components/avatar.tsx';
import { errorText } from '@/i18n/i18n.ts';
import { PanelSection } from '../brand/panel-section.tsx';
import { studioCards } from '../cards.ts';
import { useDesk } from '../desk.tsx';
import { usePerson, useStudio, useStudioPlace } from '../session-context.tsx';
import { useReorder } from '../use-reorder.ts';
import { arrangeSources, castOf } from './arrange-sources.ts';

/** Everyone on stage, or people of the scene's own: who, and in which order. */
export function ScenePeople({ scene }: { scene: Scene }) {
  const { t } = useTranslation('direction');
  const { session } = useStudioPlace();
  const desk = useDesk();
  const stage = useStudio((view) => view.document?.stage ?? []);
  const [failure, setFailure] = useState<string | null>(null);

  /** Says `words` when it is done, or why it was not. */
  async function cast(next: readonly SourceId[] | null, words: string) {
    setFailure(null);
    const outcome = await session.command({
      type: 'set-cast',
      cast: next === null ? null : [...next],
      scene: scene.id,
    });
    if (outcome.ok) return desk.say(words, true);
    session.dismissRefusal();
    setFailure(errorText(outcome.code));
  }

  const own = scene.cast !== null;
  return (
    <PanelSection title={t('sceneSheet.people.title')}>
      <Switch
        label={t('sceneSheet.people.own')}
        detail={t(own ? 'sceneSheet.people.chosen' : 'sceneSheet.people.all')}
        checked={own}
        onChange={(wanted) =>
          void cast(
            wanted ? stage : null,
            t(wanted ? 'sceneSheet.people.nowOwn' : 'sceneSheet.people.nowAll', { scene: scene.name }),
          )
        }
      />
      {scene.cast !== null && <CastList scene={scene} cast={scene.cast} onCast={cast} />}
      {failure !== null && (
        <p role="alert" className="text-live-ink text-xs">
          {failure}
        </p>
      )}
    </PanelSection>
  );
}

interface CastListProps {
  readonly scene: Scene;
  readonly cast: readonly SourceId[];
  readonly onCast: (cast: readonly SourceId[], words: string) => Promise<void>;
}

function CastList({ scene, cast, onCast }: CastListProps) {
  const { t } = useTranslation('direction');
  const nameOf = useSourceNames();
  const here = useStudio((view) => studioCards(cast, view.people).map(({ source }) => source));
  const [rows, setRows] = useState<readonly SourceId[]>([]);
  const ids = arrangeSources(rows, cast, here);
  const full = fullKinds(cast);

  function move(source: SourceId, index: number) {
    const others = ids.filter((other) => other !== source);
    const next = [...others.slice(0, index), source, ...others.slice(index)];
    setRows(next);
    const chosen = castOf(next, cast);
    if (!cast.includes(source) || chosen.every((one, place) => one === cast[place])) return;
    const place = chosen.indexOf(source) + 1;
    const said = { name: nameOf(source), place, count: chosen.length, scene: scene.name };
    void onCast(chosen, t('sceneSheet.people.moved', said));
  }

  function toggle(source: SourceId, wanted: boolean) {
    setRows(ids);
    const chosen = wanted ? castOf(ids, [...cast, source]) : cast.filter((other) => other !== source);
    const said = { name: nameOf(source), scene: scene.name };
    void onCast(chosen, t(wanted ? 'sceneSheet.people.came' : 'sceneSheet.people.went', said));
  }

  const { list, item, dragged, before } = useReorder<SourceId>({ ids, axis: 'y', onMove: move });
  return (
    <>
      <ol ref={list} aria-label={t('sceneSheet.people.list')} className="flex select-none flex-col gap-1">
        {ids.map((source, index) => (
          <li
            key={source}
            {...item(source)}
            className={cn(
              'relative flex items-center gap-2 rounded-lg bg-raised py-1 pr-2 pl-2',
              source === dragged && 'opacity-50',
              source === before && dropLine('before:-top-1'),
              before === 'end' && index === ids.length - 1 && dropLine('before:-bottom-1'),
            )}
          >
            <SourceRow
              source={source}
              name={nameOf(source)}
              place={cast.indexOf(source) + 1}
              full={full.has(sourceKind(source))}
              onToggle={(wanted) => toggle(source, wanted)}
              onEarlier={index === 0 ? null : () => move(source, index - 1)}
              onLater={index === ids.length - 1 ? null : () => move(source, index + 1)}
            />
          </li>
        ))}
      </ol>
      {cast.length === 0 && <p className="text-muted text-xs">{t('sceneSheet.people.nobody')}</p>}
      {full.has('camera') && (
        <p className="text-muted text-xs">{t('sceneSheet.people.full', { count: STAGE_PEOPLE_LIMIT })}</p>
      )}
      {full.has('screen') && (
        <p className="text-muted text-xs">
          {t('sceneSheet.people.fullScreens', { count: STAGE_SCREENS_LIMIT })}
        </p>
      )}
    </>
  );
}

interface SourceRowProps {
  readonly source: SourceId;
  readonly name: string;
  /** In the scene, counted from one; 0: not in it. */
  readonly place: number;
  readonly full: boolean;
  readonly onToggle: (wanted: boolean) => void;
  /** Null: it is the first already. */
  readonly onEarlier: (() => void) | null;
  readonly onLater: (() => void) | null;
}

function SourceRow(props: SourceRowProps) {
  const { t } = useTranslation('direction');
  const { source, name, place } = props;
  const connected = usePerson(sourcePerson(source), (person) => person.connected) ?? false;
  const arrow = (words: string, move: (() => void) | null, Icon: typeof ArrowUp) => (
    <Button
      tone="ghost"
      size="icon-sm"
      className={cn('size-6', move === null && 'opacity-40')}
      aria-label={words}
      title={words}
      aria-disabled={move === null}
      onClick={() => move?.()}
    >
      <Icon aria-hidden />
    </Button>
  );
  return (
    <>
      <span aria-hidden className="tabular w-4 shrink-0 text-center text-muted text-xs">
        {place === 0 ? '' : place}
      </span>
      {arrow(t('sceneSheet.people.earlier', { name }), props.onEarlier, ArrowUp)}
      {arrow(t('sceneSheet.people.later', { name }), props.onLater, ArrowDown)}
      {sourceKind(source) === 'screen' ? (
        <MonitorUp aria-hidden className="size-6 shrink-0 p-1 text-muted" />
      ) : (
        <Avatar name={name} className="size-6 text-2xs" />
      )}
      <Switch
        className="min-w-0 flex-1"
        label={name}
        detail={connected ? undefined : t('sceneSheet.people.away')}
        checked={place > 0}
        disabled={place === 0 && props.full}
        onChange={props.onToggle}
      />
    </>
  );
}

/** The kinds of which a stage has no room for another one. */
function fullKinds(cast: readonly SourceId[]): ReadonlySet<'camera' | 'screen'> {
  const cameras = cast.filter((source) => sourceKind(source) === 'camera').length;
  return new Set([
    ...(cameras >= STAGE_PEOPLE_LIMIT ? (['camera'] as const) : []),
    ...(cast.length - cameras >= STAGE_SCREENS_LIMIT ? (['screen'] as const) : []),
  ]);
}

function useSourceNames(): (source: SourceId) => string {
  const { t } = useTranslation('studio');
  const people = useStudio((view) => view.people);
  return (source) => {
    const name = people.find(({ id }) => id === sourcePerson(source))?.name ?? '';
    return sourceKind(source) === 'screen' ? t('person.screenOf', { name }) : name;
  };
}

function dropLine(at: string): string {
  return cn('before:absolute before:inset-x-0 before:h-1 before:rounded-full before:bg-accent-ink', at);
}
