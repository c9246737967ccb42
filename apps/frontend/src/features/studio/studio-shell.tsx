'use client';
import { useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Announcer } from './announcer.tsx';
import { useKitsToFind } from './brand/use-kits-to-find.ts';
import { DeskProvider, type DeskSheet, useDesk } from './desk.tsx';
import { StageView } from './direction/stage-view.tsx';
import { FirstHints } from './first-hints.tsx';
import { GoLiveSheet } from './go-live/go-live-sheet.tsx';
import { deskActions } from './keys/desk-actions.ts';
import { fixedKeys } from './keys/fixed-keys.ts';
import { KeysProvider } from './keys/keys-context.tsx';
import { KeysSheet } from './keys/keys-sheet.tsx';
import { Palette } from './keys/palette.tsx';
import { LayoutEditor } from './layouts/editor/layout-editor.tsx';
import { LayoutBar } from './layouts/layout-bar.tsx';
import { OwnControls } from './own-controls.tsx';
import { RenameSheet } from './people/person-menu.tsx';
import { PeopleRow } from './people-row.tsx';
import { SceneSheet } from './scenes/scene-sheet.tsx';
import { ScenesPanel } from './scenes/scenes-panel.tsx';
import { useRole, useStudioPlace } from './session-context.tsx';
import { SidePanel } from './side-panel.tsx';
import { ComposerNotice, StudioNotices } from './studio-notices.tsx';
import { TopBar } from './top-bar.tsx';
import '../brand/strings.ts';
import './direction/strings.ts';

/** The desk of host and co-host: everything needed on air, visible at once from 1280 × 720. */
export function StudioShell() {
  return (
    <DeskProvider>
      <DeskKeys />
    </DeskProvider>
  );
}

function DeskKeys() {
  const { t } = useTranslation('direction');
  const { t: keysWords } = useTranslation('keys');
  const { t: studioWords } = useTranslation('studio');
  const { session, studioId, leave } = useStudioPlace();
  const desk = useDesk();
  const role = useRole() ?? 'co-host';
  const { t: overlayWords } = useTranslation('overlays');
  const { t: brandWords } = useTranslation('brand');
  const kits = useKitsToFind(desk.sheet?.kind === 'palette');
  const words = { t, keysWords, studioWords, overlayWords, brandWords };
  const context = { session, studioId, role, desk, leave, ...words };
  const latest = useRef(context);
  latest.current = context;
  // Anew with the kits: those that come while the palette is open are found in it.
  const actions = useCallback(() => deskActions({ ...latest.current, kits }), [kits]);
  return (
    <KeysProvider actions={actions} onUnavailable={desk.say}>
      <DeskScreen />
    </KeysProvider>
  );
}

function DeskScreen() {
  const { t } = useTranslation('studio');
  const desk = useDesk();
  const sheet = (kind: DeskSheet['kind'] & ('go-live' | 'keys' | 'palette')) => ({
    open: desk.sheet?.kind === kind,
    onOpenChange: (open: boolean) => desk.open(open ? { kind } : null),
  });
  return (
    <div className="flex h-dvh min-h-[560px] flex-col overflow-hidden bg-canvas">
      <TopBar />
      <div className="relative flex min-h-0 flex-1">
        {desk.scenesOpen && <ScenesPanel />}
        <main id="main" className="flex min-w-0 flex-1 flex-col gap-2 px-3 pt-3">
          <h1 className="sr-only">{t('title')}</h1>
          <ComposerNotice />
          <div className="relative flex min-h-0 flex-1 flex-col">
            <StageView />
            <StudioNotices />
          </div>
          <LayoutBar />
          <PeopleRow />
        </main>
        {desk.panelOpen && <SidePanel />}
      </div>
      <OwnControls onShowKeys={() => desk.open({ kind: 'keys' })} hint={<FirstHints />} />
      <GoLiveSheet {...sheet('go-live')} />
      <KeysSheet {...sheet('keys')} fixed={fixedKeys} />
      <Palette {...sheet('palette')} />
      {desk.sheet?.kind === 'layout' && (
        <LayoutEditor layout={desk.sheet.layout} onClose={() => desk.open(null)} />
      )}
      {desk.sheet?.kind === 'person' && (
        <RenameSheet person={desk.sheet.person} onClose={() => desk.open(null)} />
      )}
      {desk.sheet?.kind === 'scene' && (
        <SceneSheet scene={desk.sheet.scene} onClose={() => desk.open(null)} />
      )}
      <Announcer />
    </div>
  );
}
