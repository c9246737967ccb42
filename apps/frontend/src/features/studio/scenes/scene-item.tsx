'use client';
import type { SceneId } from '@streamus/studio';
import { cn } from '@streamus/ui';
import { type LucideIcon, Users, Wallpaper } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../desk.tsx';
import { TransitionDialog } from '../direction/transition-dialog.tsx';
import { isFixed } from '../keys/fixed-keys.ts';
import { hotkeyOf } from '../keys/hotkey.ts';
import { useHotkey } from '../keys/keys-context.tsx';
import { useLive, useStudio } from '../session-context.tsx';
import type { useReorder } from '../use-reorder.ts';
import { type SceneChanges, whyNotDelete } from './change-scenes.ts';
import { SceneMenu } from './scene-menu.tsx';
import { SceneNameField } from './scene-name-field.tsx';
import { SceneThumbnail } from './scene-thumbnail.tsx';

export interface SceneItemProps {
  readonly id: SceneId;
  /** Counted from one. */
  readonly place: number;
  readonly changes: SceneChanges;
  /** Whether Tab comes to it; the arrow keys come to the others. */
  readonly reachable: boolean;
  readonly onFocus: () => void;
  readonly dragged: boolean;
  readonly dropBefore: boolean;
  readonly dropAfter: boolean;
  readonly itemProps: ReturnType<ReturnType<typeof useReorder<SceneId>>['item']>;
}

export function SceneItem(props: SceneItemProps) {
  const { id, place, changes, reachable } = props;
  const { t } = useTranslation('direction');
  const desk = useDesk();
  const live = useLive();
  const button = useRef<HTMLButtonElement>(null);
  const [choosing, setChoosing] = useState(false);
  const hotkey = useHotkey(`scene-${place}`);
  const scene = useStudio((view) => view.document?.scenes[id] ?? null);
  const shown = useStudio((view) => view.document?.onAir.scene === id);
  const inEdit = useStudio((view) => view.document?.scene === id);
  const preview = useStudio((view) => view.document?.mode === 'preview');
  const kept = useStudio((view) => (view.document === null ? null : whyNotDelete(view.document, id, t)));
  if (scene === null) return null;
  const renaming = desk.renaming === id;

  function press(event: KeyboardEvent) {
    const hotkey = hotkeyOf(event);
    if (isFixed('rename', hotkey)) desk.rename(id);
    if (isFixed('delete', hotkey)) {
      if (kept === null) {
        button.current?.blur();
        if (scene !== null) changes.remove(scene);
      } else desk.say(kept);
    }
  }

  return (
    <li
      {...props.itemProps}
      className={cn(
        'relative shrink-0 rounded-xl p-1 ring-1 ring-line',
        preview && inEdit && 'ring-2 ring-accent-ink',
        shown && (live ? 'ring-2 ring-live' : 'ring-2 ring-ink'),
        shown && preview && inEdit && 'outline-2 outline-accent-ink outline-offset-2',
        props.dragged && 'opacity-50',
        props.dropBefore && dropLine('before:-top-1.5'),
        props.dropAfter && dropLine('before:-bottom-1.5'),
      )}
    >
      <button
        ref={button}
        type="button"
        data-scene={id}
        tabIndex={reachable ? 0 : -1}
        aria-current={inEdit}
        aria-keyshortcuts={hotkey.aria}
        onFocus={props.onFocus}
        onKeyDown={press}
        onDoubleClick={() => desk.rename(id)}
        onClick={() => changes.select(id)}
        className="flex w-full flex-col gap-1 rounded-lg text-left"
      >
        <span className="relative block">
          <SceneThumbnail scene={id} width={176} />
          <span className="absolute top-1 left-1 flex gap-1">
            {shown && (
              <Badge className={live ? 'bg-live text-on-live' : 'bg-ink text-canvas'}>
                {live ? t('onAir') : t('programme')}
              </Badge>
            )}
            {preview && inEdit && <Badge className="bg-accent text-on-accent">{t('preview')}</Badge>}
          </span>
          <span className="absolute right-1 bottom-1 flex gap-1">
            {scene.cast !== null && <Mark icon={Users} words={t('sceneSheet.people.own')} />}
            {scene.background !== null && <Mark icon={Wallpaper} words={t('sceneSheet.background.own')} />}
          </span>
        </span>
        <span className="flex h-7 items-center gap-1.5 pr-7 pl-1">
          <span aria-hidden className="tabular w-4 shrink-0 text-2xs text-muted" title={hotkey.text}>
            {place}
          </span>
          <span
            dir="auto"
            className={cn('text-left min-w-0 truncate font-medium text-xs', renaming && 'invisible')}
          >
            {scene.name}
          </span>
        </span>
      </button>
      {renaming && (
        <div className="absolute right-1 bottom-1 left-1">
          <SceneNameField
            scene={scene}
            onDone={(byKeyboard) => {
              if (byKeyboard) button.current?.focus();
            }}
          />
        </div>
      )}
      {!renaming && (
        <SceneMenu
          scene={scene}
          place={place}
          changes={changes}
          kept={kept}
          onTransition={() => setChoosing(true)}
        />
      )}
      {choosing && <TransitionDialog scene={scene} onClose={() => setChoosing(false)} />}
    </li>
  );
}

function dropLine(at: string): string {
  return cn('before:absolute before:inset-x-0 before:h-1 before:rounded-full before:bg-accent-ink', at);
}

/** The scene has something of its own. */
function Mark({ icon: Icon, words }: { icon: LucideIcon; words: string }) {
  return (
    <span title={words} className="rounded-md bg-panel p-0.5 text-ink">
      <Icon aria-label={words} className="size-3" />
    </span>
  );
}

function Badge({ className, children }: { className: string; children: string }) {
  return <span className={cn('rounded-md px-1.5 font-medium text-2xs', className)}>{children}</span>;
}
