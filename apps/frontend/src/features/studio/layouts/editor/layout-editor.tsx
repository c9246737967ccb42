'use client';
import {
  compositionOf,
  type LayoutId,
  layoutIdSchema,
  type OwnLayout,
  SLOTS_LIMIT,
  type StudioDocument,
  slotIdSchema,
} from '@streamus/studio';
import { Button, Dialog, TextField } from '@streamus/ui';
import { Plus, Undo2 } from 'lucide-react';
import { type KeyboardEvent, useReducer, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import { useDesk } from '../../desk.tsx';
import { useStudio, useStudioPlace } from '../../session-context.tsx';
import { deleteLayout, whyNotDeleteLayout } from '../delete-layout.ts';
import { changeDraft, type Draft, layoutFrom, slotForNext } from './draft.ts';
import { EditorCanvas } from './editor-canvas.tsx';
import { SlotFields } from './slot-fields.tsx';
import { SlotList } from './slot-list.tsx';

/** Draws one of the studio's own layouts; null: a new one that begins as what the scene shows. */
export function LayoutEditor({ layout, onClose }: { layout: LayoutId | null; onClose: () => void }) {
  const { t } = useTranslation('direction');
  const { session } = useStudioPlace();
  const [first] = useState(() => begin(session.store.getState().document, layout, t('editor.newName')));
  return (
    <Dialog
      open
      place="wide"
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={layout === null ? t('editor.new') : t('editor.edit')}
      description={t('editor.text')}
      closeLabel={t('close', { ns: 'common' })}
    >
      {first !== null && <Editor first={first} isNew={layout === null} onClose={onClose} />}
    </Dialog>
  );
}

function begin(document: StudioDocument | null, id: LayoutId | null, word: string): OwnLayout | null {
  if (document === null) return null;
  const known = id === null ? undefined : document.layouts[id];
  if (known !== undefined) return known;
  const name = `${word} ${Object.keys(document.layouts).length + 1}`;
  const newId = layoutIdSchema.parse(crypto.randomUUID());
  return layoutFrom(compositionOf(document), newId, name, () => crypto.randomUUID());
}

function Editor({ first, isNew, onClose }: { first: OwnLayout; isNew: boolean; onClose: () => void }) {
  const { t } = useTranslation('direction');
  const { session } = useStudioPlace();
  const desk = useDesk();
  const [draft, change] = useReducer(changeDraft, {
    layout: first,
    past: [],
    selected: first.slots[0]?.id ?? null,
  } satisfies Draft);
  const [failure, setFailure] = useState<string | null>(null);
  const scene = useStudio((view) => view.document?.scene);
  const kept = useStudio(({ document }) =>
    document === null ? null : whyNotDeleteLayout(document, first.id, t),
  );
  const { layout, selected } = draft;
  const slot = layout.slots.find(({ id }) => id === selected);
  const nameless = layout.name.trim() === '';
  const full = layout.slots.length >= SLOTS_LIMIT;

  async function save(use: boolean) {
    if (nameless) return;
    const named = { ...layout, name: layout.name.trim() };
    const saved = session.command({ type: 'save-layout', layout: named });
    const used = use
      ? session.command({ type: 'set-layout', layout: { kind: 'own', layout: layout.id }, scene })
      : null;
    const outcomes = await Promise.all([saved, used]);
    const refused = outcomes.find((outcome) => outcome !== null && !outcome.ok);
    if (refused && !refused.ok) return setFailure(errorText(refused.code));
    desk.say(t('editor.saved', { name: named.name }));
    onClose();
  }

  function undo(event: KeyboardEvent) {
    const typing = event.target instanceof HTMLElement && event.target.matches('input');
    if (typing || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
    event.preventDefault();
    change({ type: 'undo' });
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: undo belongs to the whole editor, whatever has the focus
    <div onKeyDown={undo} className="flex h-full min-h-0 flex-col gap-4">
      <div className="flex min-h-0 flex-1 flex-col gap-4 lg:flex-row">
        <div className="flex min-h-64 flex-1 flex-col gap-2">
          <EditorCanvas
            layout={layout}
            selected={selected}
            onSelect={(id) => change({ type: 'select', slot: id })}
            onBox={(id, box, fresh) => change({ type: 'slot', slot: id, change: { box }, fresh })}
            onRemove={(id) => change({ type: 'remove', slot: id })}
          />
          <p className="text-center text-muted text-xs">{t('editor.keys')}</p>
        </div>
        <div className="flex w-full shrink-0 flex-col gap-4 overflow-y-auto p-1 lg:w-80">
          <TextField
            label={t('editor.name')}
            value={layout.name}
            maxLength={60}
            dir="auto"
            error={nameless ? t('editor.needName') : null}
            onChange={(event) => change({ type: 'name', name: event.target.value })}
          />
          <div className="flex items-center gap-2">
            <Button
              size="sm"
              disabled={full}
              onClick={() =>
                change({ type: 'add', slot: slotForNext(layout, slotIdSchema.parse(crypto.randomUUID())) })
              }
            >
              <Plus aria-hidden />
              {t('editor.add')}
            </Button>
            <Button
              size="sm"
              tone="ghost"
              disabled={draft.past.length === 0}
              onClick={() => change({ type: 'undo' })}
            >
              <Undo2 aria-hidden />
              {t('undo', { ns: 'common' })}
            </Button>
          </div>
          <SlotList layout={layout} selected={selected} change={change} />
          {slot !== undefined && (
            <SlotFields
              key={slot.id}
              slot={slot}
              onChange={(next) => change({ type: 'slot', slot: slot.id, change: next, fresh: true })}
            />
          )}
        </div>
      </div>
      <footer className="flex flex-wrap items-center gap-2 border-t pt-4">
        {!isNew && (
          <Button
            tone="danger"
            disabled={kept !== null}
            onClick={() => {
              deleteLayout(session, first, t, desk);
              onClose();
            }}
          >
            {t('editor.delete')}
          </Button>
        )}
        {!isNew && kept !== null && <p className="text-muted text-xs">{kept}</p>}
        {failure !== null && (
          <p role="alert" className="text-live-ink text-xs">
            {failure}
          </p>
        )}
        <Button className="ml-auto" disabled={nameless} onClick={() => void save(false)}>
          {t('save', { ns: 'common' })}
        </Button>
        <Button tone="accent" disabled={nameless} onClick={() => void save(true)}>
          {t('editor.saveAndUse')}
        </Button>
      </footer>
    </div>
  );
}
