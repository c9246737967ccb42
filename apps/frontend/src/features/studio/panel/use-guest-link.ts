'use client';
import { type ErrorCode, type GuestLinkView, routes } from '@streamus/contracts';
import { useCallback, useEffect, useState } from 'react';
import { z } from 'zod';
import { api } from '@/lib/api.ts';
import { forget, recall, remember } from '@/lib/stored.ts';
import { useStudioPlace } from '../session-context.tsx';

export type InviteRole = 'guest' | 'co-host' | 'moderator';

/** The server keeps only a hash of a link, so the browser that made it remembers its address. */
const keptSchema = z.object({ id: z.string(), path: z.string() });

export interface GuestLink {
  /** Whole address of the link, once this browser knows one that admits people. */
  readonly url: string | null;
  readonly view: GuestLinkView | null;
  /** Links of this role whose address only another browser knows. */
  readonly others: number;
  readonly problem: ErrorCode | null;
  /** The address to hand out; makes a link when there is none. Null when the server refuses. */
  readonly obtain: () => Promise<string | null>;
  readonly renew: () => Promise<boolean>;
  readonly revoke: () => Promise<boolean>;
}

export function useGuestLink(role: InviteRole): GuestLink {
  const { studioId, guestToken } = useStudioPlace();
  const key = `streamus.link.${studioId}.${role}`;
  const [links, setLinks] = useState<readonly GuestLinkView[]>([]);
  const [kept, setKept] = useState<z.infer<typeof keptSchema> | null>(null);
  const [problem, setProblem] = useState<ErrorCode | null>(null);

  const load = useCallback(async () => {
    const result = await api(routes.listGuestLinks, { params: { studioId } }, guestToken);
    if (!result.ok) {
      setProblem(result.code);
      return;
    }
    setProblem(null);
    setLinks(result.value.links);
    setKept(recall(key, keptSchema));
  }, [studioId, guestToken, key]);

  useEffect(() => {
    void load();
  }, [load]);

  async function make(replace: boolean): Promise<string | null> {
    const result = await api(
      routes.createGuestLink,
      { params: { studioId }, body: { role, replace } },
      guestToken,
    );
    if (!result.ok) {
      setProblem(result.code);
      return null;
    }
    const made = { id: result.value.link.id, path: result.value.path };
    remember(key, made);
    await load();
    return window.location.origin + made.path;
  }

  const ofRole = links.filter((link) => link.role === role);
  const view = ofRole.find((link) => link.id === kept?.id) ?? null;
  const url = view === null || kept === null ? null : window.location.origin + kept.path;

  return {
    url,
    view,
    others: ofRole.length - (view === null ? 0 : 1),
    problem,
    obtain: async () => url ?? (await make(false)),
    renew: async () => (await make(true)) !== null,
    revoke: async () => {
      for (const link of ofRole) {
        const result = await api(
          routes.revokeGuestLink,
          { params: { studioId, linkId: link.id } },
          guestToken,
        );
        if (!result.ok && result.code !== 'not_found') {
          setProblem(result.code);
          return false;
        }
      }
      forget(key);
      await load();
      return true;
    },
  };
}
