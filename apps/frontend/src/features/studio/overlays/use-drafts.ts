'use client';
import { type OverlayId, overlayIdSchema } from '@streamus/studio';
import { useState } from 'react';
import { z } from 'zod';
import { recall, remember } from '@/lib/stored.ts';
import { useStudioPlace } from '../session-context.tsx';
import { type Draft, draftSchema } from './overlay-draft.ts';

const draftsSchema = z.object({
  open: overlayIdSchema.nullable(),
  drafts: z.array(z.object({ draft: draftSchema, isNew: z.boolean(), touched: z.boolean() })),
});
type Drafts = z.infer<typeof draftsSchema>;

const NONE: Drafts = { open: null, drafts: [] };

/** What is being written: one form is open at a time, and nothing typed is lost by closing it, or by a reload. */
export function useDrafts() {
  const { studioId } = useStudioPlace();
  const key = `streamus.overlay-drafts.${studioId}`;
  const [state, setState] = useState<Drafts>(() => recall(key, draftsSchema, 'session') ?? NONE);

  function put(change: (now: Drafts) => Drafts) {
    setState((now) => {
      const next = change(now);
      remember(key, next, 'session');
      return next;
    });
  }
  const others = (now: Drafts, id: OverlayId) => now.drafts.filter(({ draft }) => draft.id !== id);

  return {
    open: state.open,
    drafts: state.drafts,
    of: (id: OverlayId) => state.drafts.find(({ draft }) => draft.id === id)?.draft ?? null,
    toggle: (id: OverlayId) => put((now) => ({ ...now, open: now.open === id ? null : id })),
    /** Begins a new overlay; an untouched one of before makes room for it. */
    begin: (draft: Draft) =>
      put((now) => ({
        open: draft.id,
        drafts: [
          ...now.drafts.filter(({ isNew, touched }) => !isNew || touched),
          { draft, isNew: true, touched: false },
        ],
      })),
    write: (draft: Draft, isNew: boolean) =>
      put((now) => ({ ...now, drafts: [...others(now, draft.id), { draft, isNew, touched: true }] })),
    forget: (id: OverlayId) =>
      put((now) => ({ open: now.open === id ? null : now.open, drafts: others(now, id) })),
  };
}

export type DraftsHold = ReturnType<typeof useDrafts>;
