'use client';
import { type LayoutKind, layoutKindSchema, sceneInEdit } from '@streamus/studio';
import { cn, Tooltip } from '@streamus/ui';
import { useTranslation } from 'react-i18next';
import { LayoutGlyph } from './layout-glyph.tsx';
import { useStudio, useStudioPlace } from './session-context.tsx';

export const layoutOrder: readonly LayoutKind[] = layoutKindSchema.options;

/** The seven layouts; a click is seen in the programme at once. Keys 1 to 7. */
export function LayoutBar() {
  const { t } = useTranslation('studio');
  const { session } = useStudioPlace();
  const current = useStudio((view) => (view.document === null ? null : sceneInEdit(view.document).layout));
  const scene = useStudio((view) => view.document?.scene);
  const live = useStudio((view) => view.stream?.status === 'live');
  return (
    <div
      role="toolbar"
      aria-label={t('regions.layouts')}
      className="mx-auto flex max-w-full shrink-0 gap-1 overflow-x-auto rounded-xl bg-panel p-1"
    >
      {layoutOrder.map((layout, index) => (
        <Tooltip key={layout} text={t(`layout.${layout}`)} hotkey={String(index + 1)}>
          <button
            type="button"
            aria-label={t(`layout.${layout}`)}
            aria-pressed={layout === current}
            aria-keyshortcuts={String(index + 1)}
            onClick={() => void session.command({ type: 'set-layout', layout, scene })}
            className={cn(
              'touch-target flex h-8 w-12 items-center justify-center rounded-lg text-muted transition-colors duration-100 hover:bg-raised hover:text-ink focus-visible:-outline-offset-2',
              layout === current &&
                (live
                  ? 'bg-live text-on-live hover:bg-live hover:text-on-live'
                  : 'bg-accent text-on-accent hover:bg-accent hover:text-on-accent'),
            )}
          >
            <LayoutGlyph layout={layout} />
          </button>
        </Tooltip>
      ))}
    </div>
  );
}
