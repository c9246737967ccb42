'use client';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { recall, remember } from '@/lib/stored.ts';
import { Announcer } from './announcer.tsx';
import { FirstHints } from './first-hints.tsx';
import { GoLiveSheet } from './go-live/go-live-sheet.tsx';
import { KeysHelp } from './keys-help.tsx';
import { LayoutBar } from './layout-bar.tsx';
import { OwnControls } from './own-controls.tsx';
import { PeopleRow } from './people-row.tsx';
import { ProgrammeView } from './programme-view.tsx';
import { SidePanel } from './side-panel.tsx';
import { ComposerNotice, StudioNotices } from './studio-notices.tsx';
import { TopBar } from './top-bar.tsx';
import { useHotkeys } from './use-hotkeys.ts';

const PANEL_KEY = 'streamus.panel-open';

/** The desk of host and co-host: everything needed on air, visible at once from 1280 × 720. */
export function StudioShell() {
  const { t } = useTranslation('studio');
  const [sheetOpen, setSheetOpen] = useState(false);
  const [keysOpen, setKeysOpen] = useState(false);
  const [panelOpen, setPanelOpen] = useState(
    () => recall(PANEL_KEY, z.boolean()) ?? window.innerWidth >= 1024,
  );
  useHotkeys({ onGoLive: () => setSheetOpen(true), onHelp: () => setKeysOpen(true) });

  function togglePanel() {
    remember(PANEL_KEY, !panelOpen);
    setPanelOpen(!panelOpen);
  }

  return (
    <div className="flex h-dvh min-h-[560px] flex-col overflow-hidden bg-canvas">
      <TopBar onOpenSheet={() => setSheetOpen(true)} panelOpen={panelOpen} onTogglePanel={togglePanel} />
      <div className="relative flex min-h-0 flex-1">
        <main id="main" className="flex min-w-0 flex-1 flex-col gap-2 px-3 pt-3">
          <h1 className="sr-only">{t('title')}</h1>
          <ComposerNotice />
          <div className="relative flex min-h-0 flex-1 flex-col">
            <ProgrammeView />
            <StudioNotices />
          </div>
          <LayoutBar />
          <PeopleRow />
        </main>
        {panelOpen && <SidePanel />}
      </div>
      <OwnControls onShowKeys={() => setKeysOpen(true)} hint={<FirstHints />} />
      <GoLiveSheet open={sheetOpen} onOpenChange={setSheetOpen} />
      <KeysHelp open={keysOpen} onOpenChange={setKeysOpen} />
      <Announcer />
    </div>
  );
}
