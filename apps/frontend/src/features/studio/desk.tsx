'use client';
import type { LayoutId, PersonId, SceneId } from '@streamus/studio';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { z } from 'zod';
import { recall, remember } from '@/lib/stored.ts';

/** A sheet over the desk; one at a time. */
export type DeskSheet =
  | { readonly kind: 'go-live' | 'keys' | 'palette' }
  /** People and background of a scene. */
  | { readonly kind: 'scene'; readonly scene: SceneId }
  /** The name of a person. */
  | { readonly kind: 'person'; readonly person: PersonId }
  /** Null: a new layout. */
  | { readonly kind: 'layout'; readonly layout: LayoutId | null };

export const panelTabSchema = z.enum(['people', 'overlays', 'brand', 'health']);
export type PanelTab = z.infer<typeof panelTabSchema>;

export interface Saying {
  readonly words: string;
  /** It can be taken back by undo. */
  readonly undoable: boolean;
}

/** Which parts of one's own screen are open, and what it has just said. */
export interface Desk {
  readonly sheet: DeskSheet | null;
  open(sheet: DeskSheet | null): void;
  readonly panelOpen: boolean;
  readonly scenesOpen: boolean;
  togglePanel(): void;
  toggleScenes(): void;
  readonly tab: PanelTab;
  chooseTab(tab: PanelTab): void;
  /** Opens the panel at this tab, which gets the focus: `tabAsked` until it has it. */
  openTab(tab: PanelTab): void;
  readonly tabAsked: boolean;
  tabReached(): void;
  /** It is asked whether the stream shall end. */
  readonly asksEnd: boolean;
  askEnd(asks: boolean): void;
  /** The scene whose name is being written. */
  readonly renaming: SceneId | null;
  rename(scene: SceneId | null): void;
  readonly saying: Saying | null;
  /** Says what was done, for a while, to everybody at this screen. */
  say(words: string, undoable?: boolean): void;
  quiet(): void;
}

const DeskContext = createContext<Desk | null>(null);
const PANEL_KEY = 'streamus.panel-open';
const TAB_KEY = 'streamus.panel-tab';
const SCENES_KEY = 'streamus.scenes-open';
/** From this width on panels stand beside the programme; Tailwind's `lg`. */
const WIDE = 1024;
/** Long enough to read a sentence and reach for undo. */
const SAYING_MS = 8000;

/** Whether a panel is open: as it was last time, else where there is room for it. */
function useOpen(key: string): readonly [boolean, (open: boolean) => void] {
  const [open, setOpen] = useState(() => recall(key, z.boolean()) ?? window.innerWidth >= WIDE);
  const set = useCallback(
    (next: boolean) => {
      remember(key, next);
      setOpen(next);
    },
    [key],
  );
  return [open, set];
}

/** Which tab of the panel is open, as it was last time. */
function useTab(
  setPanelOpen: (open: boolean) => void,
): Pick<Desk, 'tab' | 'tabAsked'> & Pick<Desk, 'chooseTab' | 'openTab' | 'tabReached'> {
  const [tab, setTab] = useState<PanelTab>(() => recall(TAB_KEY, panelTabSchema) ?? 'people');
  const [tabAsked, setAsked] = useState(false);
  const chooseTab = useCallback((next: PanelTab) => {
    remember(TAB_KEY, next);
    setTab(next);
  }, []);
  const openTab = useCallback(
    (next: PanelTab) => {
      chooseTab(next);
      setPanelOpen(true);
      setAsked(true);
    },
    [chooseTab, setPanelOpen],
  );
  const tabReached = useCallback(() => setAsked(false), []);
  return useMemo(
    () => ({ tab, tabAsked, chooseTab, openTab, tabReached }),
    [tab, tabAsked, chooseTab, openTab, tabReached],
  );
}

export function DeskProvider({ children }: { children: ReactNode }) {
  const [sheet, open] = useState<DeskSheet | null>(null);
  const [panelOpen, setPanelOpen] = useOpen(PANEL_KEY);
  const [scenesOpen, setScenesOpen] = useOpen(SCENES_KEY);
  // Where panels lie over the programme there is room for one.
  const togglePanel = useCallback(() => {
    setPanelOpen(!panelOpen);
    if (window.innerWidth < WIDE) setScenesOpen(false);
  }, [panelOpen, setPanelOpen, setScenesOpen]);
  const toggleScenes = useCallback(() => {
    setScenesOpen(!scenesOpen);
    if (window.innerWidth < WIDE) setPanelOpen(false);
  }, [scenesOpen, setPanelOpen, setScenesOpen]);
  const showPanel = useCallback(
    (shown: boolean) => {
      setPanelOpen(shown);
      if (window.innerWidth < WIDE) setScenesOpen(false);
    },
    [setPanelOpen, setScenesOpen],
  );
  const tabs = useTab(showPanel);
  const [asksEnd, askEnd] = useState(false);
  const [renaming, rename] = useState<SceneId | null>(null);
  const [saying, setSaying] = useState<Saying | null>(null);
  const say = useCallback(
    (words: string, undoable = false) => setSaying(words === '' ? null : { words, undoable }),
    [],
  );
  const quiet = useCallback(() => setSaying(null), []);
  useEffect(() => {
    if (saying === null) return;
    const timer = setTimeout(quiet, SAYING_MS);
    return () => clearTimeout(timer);
  }, [saying, quiet]);
  const desk = useMemo<Desk>(
    () => ({
      sheet,
      open,
      panelOpen,
      scenesOpen,
      togglePanel,
      toggleScenes,
      ...tabs,
      asksEnd,
      askEnd,
      renaming,
      rename,
      saying,
      say,
      quiet,
    }),
    [sheet, panelOpen, scenesOpen, togglePanel, toggleScenes, tabs, asksEnd, renaming, saying, say, quiet],
  );
  return <DeskContext value={desk}>{children}</DeskContext>;
}

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('This part of the screen belongs on the desk.');
  return desk;
}
