import type { StudioView } from '@streamus/client';
import type { OutputState } from '@streamus/contracts';
import {
  type LayoutKind,
  type Overlay,
  type OwnLayout,
  type SourceId,
  sameJson,
  sourcePerson,
} from '@streamus/studio';
import { type LookSay, lookChanges } from './look-changes.ts';

/** A sentence about the air, for people who do not see it. */
export type Say =
  | LookSay
  | { readonly key: 'live' | 'ended' | 'direct' | 'preview' | 'spotlightEnded' }
  | { readonly key: 'followsSpeaker' | 'followsNobody' }
  | { readonly key: 'stageOrder'; readonly names: readonly string[] }
  | { readonly key: 'onStage' | 'backstage' | 'spotlight' | 'destinationBack'; readonly name: string }
  | { readonly key: 'layout'; readonly layout: LayoutKind | OwnLayout }
  | { readonly key: 'scene'; readonly name: string }
  | { readonly key: OverlayNews; readonly overlay: Overlay }
  | { readonly key: 'destinationLost'; readonly name: string; readonly state: OutputState };

export type OverlayNews =
  | 'overlayShown'
  | 'overlayHidden'
  | 'overlayChanged'
  | 'countdownStarted'
  | 'countdownReset';

type Facts = Pick<StudioView, 'document' | 'outputs' | 'stream'>;

/** What changed on air between two states of the studio, most important last. */
export function changesOnAir(before: Facts, now: Facts): Say[] {
  const said: Say[] = [];
  if (before.document !== null && now.document !== null) {
    const document = now.document;
    const [was, is] = [before.document.onAir, document.onAir];
    const scene = is.scene === null ? undefined : document.scenes[is.scene];
    if (document.mode !== before.document.mode) said.push({ key: document.mode });
    if (is.take !== was.take && scene !== undefined) said.push({ key: 'scene', name: scene.name });
    said.push(...lookChanges(was, is));
    if (layoutId(is.layout) !== layoutId(was.layout)) said.push({ key: 'layout', layout: is.layout });
    const nameOf = (source: SourceId) => document.people[sourcePerson(source)]?.name ?? '';
    for (const source of is.stage) {
      if (!was.stage.includes(source)) said.push({ key: 'onStage', name: nameOf(source) });
    }
    if (isReordered(was.stage, is.stage)) said.push({ key: 'stageOrder', names: is.stage.map(nameOf) });
    said.push(...overlayChanges(was.overlays, is.overlays));
    for (const source of was.stage) {
      if (!is.stage.includes(source)) said.push({ key: 'backstage', name: nameOf(source) });
    }
    if (is.followSpeaker !== was.followSpeaker) {
      said.push({ key: is.followSpeaker ? 'followsSpeaker' : 'followsNobody' });
    }
    if (is.spotlight !== null && is.spotlight !== was.spotlight) {
      said.push({ key: 'spotlight', name: nameOf(is.spotlight) });
    } else if (is.spotlight === null && was.spotlight !== null && is.take === was.take) {
      said.push({ key: 'spotlightEnded' });
    }
  }
  said.push(...outputChanges(before, now));
  if (before.stream?.status !== 'live' && now.stream?.status === 'live') said.push({ key: 'live' });
  if (before.stream?.status === 'live' && now.stream?.status !== 'live') said.push({ key: 'ended' });
  return said;
}

function outputChanges(before: Facts, now: Facts): Say[] {
  return now.outputs.flatMap(({ id, name, health: { state, lastError } }): Say[] => {
    const old = before.outputs.find((candidate) => candidate.id === id)?.health.state;
    if (old === undefined || old === state) return [];
    if (state === 'backing-off' || state === 'failed') return [{ key: 'destinationLost', name, state }];
    // The first connection has no error behind it.
    const back = state === 'live' && old !== 'degraded' && lastError !== null;
    return back ? [{ key: 'destinationBack', name }] : [];
  });
}

/** Overlays that came, and those that went without another one coming. */
function overlayChanges(was: readonly Overlay[], is: readonly Overlay[]): Say[] {
  const isIn = (list: readonly Overlay[], { id }: Overlay) => list.some((other) => other.id === id);
  const came = is.filter((overlay) => !isIn(was, overlay));
  const went = was.filter((overlay) => !isIn(is, overlay) && !came.some(({ kind }) => kind === overlay.kind));
  const changed = is.flatMap((overlay): Say[] => {
    const before = was.find(({ id }) => id === overlay.id);
    const key = before === undefined ? null : changeOfOverlay(before, overlay);
    return key === null ? [] : [{ key, overlay }];
  });
  return [
    ...changed,
    ...went.map((overlay) => ({ key: 'overlayHidden', overlay }) as const),
    ...came.map((overlay) => ({ key: 'overlayShown', overlay }) as const),
  ];
}

/** What is new about a shown overlay; null: nothing. The server tells the time a countdown began a moment later. */
function changeOfOverlay(was: Overlay, is: Overlay): OverlayNews | null {
  const [ran, runs] = [isRunning(was), isRunning(is)];
  if (ran !== runs) return runs ? 'countdownStarted' : 'countdownReset';
  return sameJson(withoutStart(was), withoutStart(is)) ? null : 'overlayChanged';
}

function isRunning(overlay: Overlay): boolean {
  return overlay.kind === 'countdown' && overlay.end.kind === 'duration' && overlay.end.startedAt !== null;
}

function withoutStart(overlay: Overlay): Overlay {
  if (overlay.kind !== 'countdown' || overlay.end.kind !== 'duration') return overlay;
  return { ...overlay, end: { ...overlay.end, startedAt: null } };
}

/** The same people in another order. */
function isReordered(was: readonly SourceId[], is: readonly SourceId[]): boolean {
  return (
    was.length === is.length &&
    is.every((source) => was.includes(source)) &&
    is.some((source, index) => source !== was[index])
  );
}

function layoutId(layout: LayoutKind | OwnLayout): string {
  return typeof layout === 'string' ? layout : layout.id;
}
