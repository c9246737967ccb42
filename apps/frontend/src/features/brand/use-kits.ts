'use client';
import type { ApiResult } from '@streamus/client/api';
import { type BrandKitView, type ErrorCode, KIT_FILE_MAX_BYTES, routes } from '@streamus/contracts';
import type { BrandKitContent } from '@streamus/studio';
import { useRef, useState } from 'react';
import { api } from '@/lib/api.ts';
import { sendFile } from '@/lib/send-file.ts';
import { useLoad } from '@/lib/use-load.ts';
import { fetchKitFile, saveAs } from './kit-file.ts';

/** Why something about a kit did not work; `details` name what is meant. */
export interface KitProblem {
  /** The kit it concerns; null: saving or importing a new one. */
  readonly kit: string | null;
  readonly code: ErrorCode;
  readonly details: readonly string[];
}

/** A file of a kit on its way. */
export type KitTransfer =
  /** `share` 0..1; null: the server works on it. */
  | { readonly kind: 'import'; readonly kit: null; readonly name: string; readonly share: number | null }
  | { readonly kind: 'export'; readonly kit: string; readonly name: string; readonly bytes: number };

/** The brand kits of a studio's owner, with everything one does with them. */
export function useKits(studioId: string, guestToken: string | null) {
  const load = useLoad(
    () => api(routes.listBrandKits, { params: { studioId } }, guestToken),
    guestToken !== null,
  );
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<KitProblem | null>(null);
  const [transfer, setTransfer] = useState<KitTransfer | null>(null);
  const cancel = useRef<AbortController | null>(null);
  const list = load.state.kind === 'ready' ? load.state.value.kits : [];
  const paramsOf = (kit: BrandKitView) => ({ studioId, kitId: kit.id });

  const put = (kit: BrandKitView) =>
    load.change(({ kits }) => ({
      kits: [...kits.filter(({ id }) => id !== kit.id), kit].sort((a, b) => a.name.localeCompare(b.name)),
    }));

  /** Takes over what the server answered, or says why not beside the kit. */
  function take(kit: BrandKitView | null, result: ApiResult<BrandKitView>): BrandKitView | null {
    if (result.ok) {
      put(result.value);
      return result.value;
    }
    setProblem({ kit: kit?.id ?? null, code: result.code, details: Object.values(result.fields) });
    if (result.code === 'kit_changed' || result.code === 'not_found') void load.reload();
    return null;
  }

  const mark = (id: string, deleted: boolean) =>
    setGone((now) => (deleted ? new Set(now).add(id) : new Set([...now].filter((other) => other !== id))));

  return {
    state: load.state,
    reload: load.reload,
    list,
    problem,
    transfer,
    dismiss: () => setProblem(null),
    cancel: () => cancel.current?.abort(),
    isGone: (id: string) => gone.has(id),
    async create(name: string, content: BrandKitContent) {
      setProblem(null);
      const call = { params: { studioId }, body: { name, content } };
      return take(null, await api(routes.createBrandKit, call, guestToken));
    },
    async change(kit: BrandKitView, change: { name?: string; content?: BrandKitContent }) {
      setProblem(null);
      const call = { params: paramsOf(kit), body: { ...change, version: kit.version } };
      return take(kit, await api(routes.changeBrandKit, call, guestToken));
    },
    async duplicate(kit: BrandKitView, name: string) {
      setProblem(null);
      const call = { params: paramsOf(kit), body: { name } };
      return take(kit, await api(routes.duplicateBrandKit, call, guestToken));
    },
    async remove(kit: BrandKitView) {
      setProblem(null);
      mark(kit.id, true);
      const result = await api(routes.deleteBrandKit, { params: paramsOf(kit) }, guestToken);
      if (result.ok) return;
      mark(kit.id, false);
      setProblem({ kit: kit.id, code: result.code, details: [] });
    },
    async restore(kit: BrandKitView) {
      setProblem(null);
      const result = await api(routes.restoreBrandKit, { params: paramsOf(kit) }, guestToken);
      if (take(kit, result) !== null) mark(kit.id, false);
    },
    async importFile(file: File) {
      setProblem(null);
      if (file.size > KIT_FILE_MAX_BYTES) {
        setProblem({ kit: null, code: 'body_too_large', details: [] });
        return;
      }
      const stop = new AbortController();
      cancel.current = stop;
      const show = (share: number | null) =>
        setTransfer({ kind: 'import', kit: null, name: file.name, share });
      show(0);
      const result = await sendFile(routes.importBrandKit, { params: { studioId } }, file, {
        guestToken,
        onProgress: (share) => show(share < 1 ? share : null),
        signal: stop.signal,
      });
      setTransfer(null);
      if (!stop.signal.aborted) take(null, result);
    },
    async exportFile(kit: BrandKitView) {
      setProblem(null);
      const stop = new AbortController();
      cancel.current = stop;
      const show = (bytes: number) => setTransfer({ kind: 'export', kit: kit.id, name: kit.name, bytes });
      show(0);
      const result = await fetchKitFile(paramsOf(kit), {
        guestToken,
        onProgress: show,
        signal: stop.signal,
      });
      setTransfer(null);
      if (stop.signal.aborted) return;
      if (result.ok) saveAs(result.value, `${kit.name}.streamus-brand.zip`);
      else setProblem({ kit: kit.id, code: result.code, details: Object.values(result.fields) });
    },
  };
}

export type Kits = ReturnType<typeof useKits>;
