'use client';
import type { BrandKitView, ErrorCode } from '@streamus/contracts';
import { nextUndo } from '@streamus/studio';
import { Button, Notice } from '@streamus/ui';
import { Save } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import { ImportKit, NewKitNews } from '../../brand/import-kit.tsx';
import { contentOf, type KitChange, kitChange, looksLike } from '../../brand/kit-commands.ts';
import { KitList } from '../../brand/kit-list.tsx';
import { kitChangeWords } from '../../brand/kit-words.ts';
import { NameForm } from '../../brand/name-form.tsx';
import { useKits } from '../../brand/use-kits.ts';
import { useDesk } from '../desk.tsx';
import { undoStep } from '../edit/undo.ts';
import { useStudio, useStudioPlace } from '../session-context.tsx';
import { PanelSection } from './panel-section.tsx';

/** What using a kit came to. */
type Outcome =
  | { readonly kind: 'done'; readonly change: KitChange }
  | { readonly kind: 'failed'; readonly code: ErrorCode };

/** Whole looks by name, the same in all of one's studios. */
export function KitsSection() {
  const { t } = useTranslation('brand');
  const { t: tDirection } = useTranslation('direction');
  const { session, studioId, guestToken } = useStudioPlace();
  const desk = useDesk();
  const kits = useKits(studioId, guestToken);
  const document = useStudio((view) => view.document);
  /** Somebody else may have taken over everything the kit changed, or something newer would be undone. */
  const undoable = useStudio(
    ({ document: now, you }) =>
      now !== null && you !== null && nextUndo(now, you.person)?.command === 'use-kit',
  );
  const [naming, setNaming] = useState(false);
  const [news, setNews] = useState<{ kit: string; outcome: Outcome } | null>(null);
  const open = useRef(false);
  useEffect(() => {
    open.current = true;
    return () => {
      open.current = false;
    };
  }, []);

  async function putOn(kit: BrandKitView) {
    const now = session.store.getState().document;
    if (now === null) return;
    const change = kitChange(now, kit, () => crypto.randomUUID());
    setNews({ kit: kit.id, outcome: { kind: 'done', change } });
    const outcome = await session.command(change.command);
    // Once this panel is closed, the refusal is said over the programme.
    if (outcome.ok || !open.current) return;
    session.dismissRefusal();
    setNews({ kit: kit.id, outcome: { kind: 'failed', code: outcome.code } });
  }

  async function takeBack() {
    setNews(null);
    await undoStep(session, tDirection, desk, 'undo');
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
              onClick={() => void putOn(kit)}
            >
              {t('kit.use')}
            </Button>
          )
        }
        news={(kit) =>
          news?.kit === kit.id && (
            <KitNews outcome={news.outcome} onUndo={undoable ? () => void takeBack() : null} />
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

function KitNews({ outcome, onUndo }: { outcome: Outcome; onUndo: (() => void) | null }) {
  const { t } = useTranslation('brand');
  switch (outcome.kind) {
    case 'failed':
      return <Notice tone="danger">{errorText(outcome.code)}</Notice>;
    case 'done':
      return (
        <div role="status" className="flex items-start gap-2 text-muted text-xs">
          <p className="min-w-0 flex-1">{kitChangeWords(outcome.change, t)}</p>
          {onUndo !== null && (
            <Button size="sm" tone="outline" onClick={onUndo}>
              {t('undo', { ns: 'common' })}
            </Button>
          )}
        </div>
      );
  }
}
