'use client';
import { sceneInEdit } from '@streamus/studio';
import { cn, Tooltip } from '@streamus/ui';
import { useTranslation } from 'react-i18next';
import { useHotkey } from '../keys/keys-context.tsx';
import { useStudio, useStudioPlace } from '../session-context.tsx';
import { AspectButton } from './aspect-button.tsx';
import { FollowSpeaker } from './follow-speaker.tsx';
import { LayoutGlyph } from './layout-glyph.tsx';
import { entryIdOf, type LayoutEntry, layoutEntries } from './layout-list.ts';
import { OwnLayoutsMenu } from './own-layouts-menu.tsx';

/** Every layout, the studio's own too, and what else decides who is seen how large. */
export function LayoutBar() {
  const { t } = useTranslation('studio');
  const entries = useStudio(({ document }) => document?.layouts ?? null);
  return (
    <div
      role="toolbar"
      aria-label={t('regions.layouts')}
      className="mx-auto flex max-w-full shrink-0 items-center gap-1 overflow-x-auto rounded-xl bg-panel p-1 [scrollbar-width:none]"
    >
      {layoutEntries({ layouts: entries ?? {} }).map((entry, index) => (
        <LayoutButton key={entry.id} entry={entry} place={index + 1} />
      ))}
      <OwnLayoutsMenu />
      <span aria-hidden className="mx-1 h-5 w-px shrink-0 bg-line" />
      <FollowSpeaker />
      <AspectButton />
    </div>
  );
}

function LayoutButton({ entry, place }: { entry: LayoutEntry; place: number }) {
  const { t } = useTranslation('studio');
  const { session } = useStudioPlace();
  const hotkey = useHotkey(`layout-${place}`);
  const scene = useStudio((view) => view.document?.scene);
  const current = useStudio(
    ({ document }) => document !== null && entryIdOf(sceneInEdit(document).layout) === entry.id,
  );
  const toAir = useStudio((view) => view.stream?.status === 'live' && view.document?.mode === 'direct');
  const ratio = useStudio(({ document }) =>
    document === null ? 16 / 9 : document.programme.width / document.programme.height,
  );
  const name = entry.own === null ? t(`layout.${entry.choice}`) : entry.own.name;
  return (
    <Tooltip text={name} hotkey={hotkey.text}>
      <button
        type="button"
        aria-label={name}
        aria-pressed={current}
        aria-keyshortcuts={hotkey.aria}
        onClick={() => void session.command({ type: 'set-layout', layout: entry.choice, scene })}
        className={cn(
          'touch-target flex h-8 w-11 shrink-0 items-center justify-center rounded-lg text-muted transition-colors duration-100 hover:bg-raised hover:text-ink focus-visible:-outline-offset-2 2xl:w-12',
          current &&
            (toAir
              ? 'bg-live text-on-live hover:bg-live hover:text-on-live'
              : 'bg-accent text-on-accent hover:bg-accent hover:text-on-accent'),
        )}
      >
        <LayoutGlyph layout={entry.own ?? entry.choice} ratio={ratio} />
      </button>
    </Tooltip>
  );
}
