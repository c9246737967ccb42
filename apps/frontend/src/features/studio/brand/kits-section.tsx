'use client';
import type { BrandKitView, ErrorCode } from '@streamus/contracts';
import { OVERLAYS_LIMIT, type StudioCommand } from '@streamus/studio';
import { Button, Notice } from '@streamus/ui';
import { Save } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import { ImportKit, NewKitNews } from '../../brand/import-kit.tsx';
import { contentOf, type KitChange, kitChange, looksLike } from '../../brand/kit-commands.ts';
import { KitList } from '../../brand/kit-list.tsx';
import { NameForm } from '../../brand/name-form.tsx';
import { useKits } from '../../brand/use-kits.ts';
import { useStudio, useStudioPlace } from '../session-context.tsx';
import { PanelSection } from './panel-section.tsx';
import { runPaced } from './run-paced.ts';

/** What putting a kit on came to. */
type Outcome =
  | { readonly kind: 'working'; readonly done: number; readonly all: number }
  | { readonly kind: 'done'; readonly change: KitChange }
  | { readonly kind: 'failed'; readonly code: ErrorCode };

/** Whole looks by name, the same in all of one's studios. */
export function KitsSection() {
  const { t } = useTranslation('brand');
  const { session, studioId, guestToken } = useStudioPlace();
  const kits = useKits(studioId, guestToken);
  const document = useStudio((view) => view.document);
  const [naming, setNaming] = useState(false);
  const [news, setNews] = useState<{ kit: string; outcome: Outcome } | null>(null);
  const stop = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    stop.current = controller;
    return () => controller.abort();
  }, []);

  async function run(kit: BrandKitView, commands: readonly StudioCommand[]): Promise<ErrorCode | null> {
    const code = await runPaced(session, commands, stop.current.signal, (done) =>
      setNews({ kit: kit.id, outcome: { kind: 'working', done, all: commands.length } }),
    );
    if (code !== null) session.dismissRefusal();
    return code;
  }

  async function putOn(kit: BrandKitView) {
    const now = session.store.getState().document;
    if (now === null) return;
    const change = kitChange(now, kit, () => crypto.randomUUID());
    const outcome = (next: Outcome) => setNews({ kit: kit.id, outcome: next });
    if (now.overlayOrder.length + change.overlaysAdded > OVERLAYS_LIMIT) {
      outcome({ kind: 'failed', code: 'overlays_full' });
      return;
    }
    const code = await run(kit, change.commands);
    outcome(code === null ? { kind: 'done', change } : { kind: 'failed', code });
  }

  async function takeBack(kit: BrandKitView, change: KitChange) {
    const code = await run(kit, change.undo);
    setNews(code === null ? null : { kit: kit.id, outcome: { kind: 'failed', code } });
  }

  const onUpdate = (kit: BrandKitView) => {
    const now = session.store.getState().document;
    if (now !== null) void kits.change(kit, { content: contentOf(now) });
  };
  return (
    <PanelSection title={t('kit.title')}>
      <p className="text-muted text-xs">{t(kits.list.length === 0 ? 'kit.empty' : 'kit.about')}</p>
      {kits.state.kind === 'failed' && <Notice tone="danger">{errorText(kits.state.code)}</Notice>}
      <KitList
        kits={kits}
        onUpdate={onUpdate}
        action={(kit) =>
          document !== null && document.brand.kit === kit.id && looksLike(document, kit.content) ? (
            <span className="text-accent-ink text-xs">{t('kit.isOn')}</span>
          ) : (
            <Button
              size="sm"
              aria-label={t('kit.useOne', { name: kit.name })}
              disabled={news?.outcome.kind === 'working'}
              onClick={() => void putOn(kit)}
            >
              {t('kit.use')}
            </Button>
          )
        }
        news={(kit) =>
          news?.kit === kit.id && (
            <KitNews outcome={news.outcome} onUndo={(change) => void takeBack(kit, change)} />
          )
        }
      />
      {naming && document !== null ? (
        <NameForm
          label={t('kit.name')}
          name=""
          submit={t('save', { ns: 'common' })}
          error={kits.problem?.kit === null ? errorText(kits.problem.code) : null}
          onSubmit={async (name) => (await kits.create(name, contentOf(document))) !== null}
          onClose={() => setNaming(false)}
        />
      ) : (
        <>
          <div className="flex flex-wrap gap-2">
            <Button size="sm" onClick={() => setNaming(true)}>
              <Save aria-hidden />
              {t('kit.save')}
            </Button>
            <ImportKit kits={kits} />
          </div>
          <NewKitNews kits={kits} />
        </>
      )}
    </PanelSection>
  );
}

function KitNews({ outcome, onUndo }: { outcome: Outcome; onUndo: (change: KitChange) => void }) {
  const { t } = useTranslation('brand');
  switch (outcome.kind) {
    case 'working':
      return (
        <p role="status" className="text-muted text-xs">
          {t('kit.working', { done: outcome.done, all: outcome.all })}
        </p>
      );
    case 'failed':
      return <Notice tone="danger">{errorText(outcome.code)}</Notice>;
    case 'done': {
      const { change } = outcome;
      const parts = [
        t('kit.replaced'),
        change.overlaysAdded > 0 ? t('kit.added', { count: change.overlaysAdded }) : null,
        change.overlaysChanged > 0 ? t('kit.changed', { count: change.overlaysChanged }) : null,
        change.layouts > 0 ? t('kit.layoutsAdded', { count: change.layouts }) : null,
      ];
      return (
        <div role="status" className="flex items-start gap-2 text-muted text-xs">
          <p className="min-w-0 flex-1">{parts.filter((part) => part !== null).join(' ')}</p>
          <Button size="sm" tone="outline" onClick={() => onUndo(change)}>
            {t('undo', { ns: 'common' })}
          </Button>
        </div>
      );
    }
  }
}
