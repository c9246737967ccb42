'use client';
import type { PersonView, StudioSession, StudioView } from '@streamus/client';
import { type Role, type SourceId, stageOfScene } from '@streamus/studio';
import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';

/** What every part of an entered studio needs to know about where it is. */
export interface StudioPlace {
  readonly session: StudioSession;
  readonly studioId: string;
  /** As it was at the door; see `useStudioName`. */
  readonly nameAtDoor: string;
  /** Null for members, who have a cookie. */
  readonly guestToken: string | null;
  readonly leave: () => void;
}

const PlaceContext = createContext<StudioPlace | null>(null);

export function StudioPlaceProvider({ place, children }: { place: StudioPlace; children: ReactNode }) {
  return <PlaceContext value={place}>{children}</PlaceContext>;
}

export function useStudioPlace(): StudioPlace {
  const place = useContext(PlaceContext);
  if (place === null) throw new Error('This part of the screen belongs inside an entered studio.');
  return place;
}

/** Part of the studio's state; renders again only when that part changes (compared one level deep). */
export function useStudio<T>(select: (view: StudioView) => T): T {
  return useStore(useStudioPlace().session.store, useShallow(select));
}

export function usePerson<T>(id: string, select: (person: PersonView) => T): T | null {
  return useStudio((view) => {
    const person = view.people.find((candidate) => candidate.id === id);
    return person === undefined ? null : select(person);
  });
}

/** Who is on the stage of the scene in edit, most prominent first. */
export function stageOf({ document }: StudioView): readonly SourceId[] {
  return document === null ? [] : stageOfScene(document);
}

export function useRole(): Role | null {
  return useStudio((view) => view.you?.role ?? null);
}

/** What the studio is called now: it can be renamed while one is inside. */
export function useStudioName(): string {
  const { nameAtDoor } = useStudioPlace();
  return useStudio((view) => view.studioName) ?? nameAtDoor;
}

export function useLive(): boolean {
  return useStudio((view) => view.stream?.status === 'live');
}
