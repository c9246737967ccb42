'use client';
import { SCENES_LIMIT, type SceneId } from '@streamus/studio';
import { Button, Tooltip } from '@streamus/ui';
import { Plus } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../desk.tsx';
import { ModeSwitch } from '../direction/mode-switch.tsx';
import { TransitionButton } from '../direction/transition-button.tsx';
import { UndoButtons } from '../edit/undo-buttons.tsx';
import { useHotkey } from '../keys/keys-context.tsx';
import { useStudio, useStudioPlace } from '../session-context.tsx';
import { useReorder } from '../use-reorder.ts';
import { changeScenes } from './change-scenes.ts';
import { SceneItem } from './scene-item.tsx';

/** The scenes of the show in their order, at the left; beside them how they come to air. */
export function ScenesPanel() {
  const { t } = useTranslation('direction');
  const direct = useStudio((view) => view.document?.mode === 'direct');
  return (
    <section
      aria-label={t('scenes.title')}
      className="absolute inset-y-0 left-0 z-20 flex w-52 shrink-0 flex-col border-r bg-panel lg:static lg:w-44 2xl:w-52"
    >
      <header className="flex h-11 shrink-0 items-center justify-between pr-1.5 pl-3">
        <h2 className="font-semibold text-sm">{t('scenes.title')}</h2>
        <AddScene />
      </header>
      <div className="px-2 pb-2">
        <ModeSwitch />
      </div>
      <SceneList />
      <SceneTeaching />
      <footer className="mt-auto flex shrink-0 items-center justify-between gap-1 border-t p-1.5">
        {direct && <TransitionButton />}
        <UndoButtons />
      </footer>
    </section>
  );
}

function AddScene() {
  const { t } = useTranslation('direction');
  const { session } = useStudioPlace();
  const desk = useDesk();
  const hotkey = useHotkey('add-scene');
  const full = useStudio((view) => (view.document?.sceneOrder.length ?? 0) >= SCENES_LIMIT);
  const words = full ? t('scenes.full', { count: SCENES_LIMIT }) : t('scenes.add');
  return (
    <Tooltip text={words} hotkey={hotkey.text} side="right">
      <Button
        tone="ghost"
        size="icon-sm"
        aria-label={words}
        aria-keyshortcuts={hotkey.aria}
        aria-disabled={full}
        onClick={() => {
          if (!full) changeScenes(session, t, desk).add();
        }}
      >
        <Plus aria-hidden />
      </Button>
    </Tooltip>
  );
}

function SceneList() {
  const { t } = useTranslation('direction');
  const { session } = useStudioPlace();
  const desk = useDesk();
  const ids = useStudio((view) => view.document?.sceneOrder ?? []);
  const inEdit = useStudio((view) => view.document?.scene ?? null);
  const [focused, setFocused] = useState<SceneId | null>(null);
  const changes = changeScenes(session, t, desk);
  const { list, item, dragged, before } = useReorder<SceneId>({
    ids,
    axis: 'y',
    onMove: (id, index) => {
      const scene = session.store.getState().document?.scenes[id];
      if (scene !== undefined) changes.move(scene, index);
    },
  });
  useKeptFocus(list, ids, focused);
  const reachable = focused !== null && ids.includes(focused) ? focused : inEdit;

  function walk(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || event.altKey || reachable === null) return;
    if (!(event.target instanceof HTMLElement) || event.target.dataset.scene === undefined) return;
    event.preventDefault();
    const next = ids[ids.indexOf(reachable) + step];
    if (next !== undefined) buttonOf(list.current, next)?.focus();
  }

  return (
    <ol
      ref={list}
      aria-label={t('scenes.list')}
      onKeyDown={walk}
      className="flex min-h-0 flex-col gap-1.5 overflow-y-auto px-2 pt-0.5 pb-2 [scrollbar-width:thin]"
    >
      {ids.map((id, index) => (
        <SceneItem
          key={id}
          id={id}
          place={index + 1}
          changes={changes}
          reachable={id === reachable}
          onFocus={() => setFocused(id)}
          dragged={id === dragged}
          dropBefore={id === before}
          dropAfter={before === 'end' && index === ids.length - 1}
          itemProps={item(id)}
        />
      ))}
    </ol>
  );
}

/** What scenes are for, as long as there is only one. */
function SceneTeaching() {
  const { t } = useTranslation('direction');
  const alone = useStudio((view) => view.document?.sceneOrder.length === 1);
  return alone ? <p className="px-3 pt-1 text-muted text-xs">{t('scenes.teach')}</p> : null;
}

function buttonOf(list: HTMLElement | null, id: SceneId): HTMLElement | null {
  return list?.querySelector<HTMLElement>(`[data-scene="${id}"]`) ?? null;
}

/** When the scene in focus is deleted its neighbour gets the focus, as it comes into edit. */
function useKeptFocus(
  list: { readonly current: HTMLElement | null },
  ids: readonly SceneId[],
  focused: SceneId | null,
): void {
  const before = useRef(ids);
  useEffect(() => {
    const was = before.current;
    before.current = ids;
    if (focused === null || ids.includes(focused) || !was.includes(focused)) return;
    const active = window.document.activeElement;
    if (active !== null && active !== window.document.body) return;
    const neighbour = ids[Math.min(was.indexOf(focused), ids.length - 1)];
    if (neighbour !== undefined) buttonOf(list.current, neighbour)?.focus();
  }, [list, ids, focused]);
}
