'use client';
import { Tabs } from '@streamus/ui';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { BrandPanel } from './brand/brand-panel.tsx';
import { panelTabSchema, useDesk } from './desk.tsx';
import { HealthPanel } from './health/health-panel.tsx';
import { OverlaysPanel } from './overlays/overlays-panel.tsx';
import { PeoplePanel } from './panel/people-panel.tsx';

export function SidePanel() {
  const { t } = useTranslation('studio');
  const { sheet, tab, tabAsked, chooseTab, tabReached } = useDesk();
  // An open sheet keeps the focus; it goes to the tab from there.
  const goesToTab = tabAsked && sheet === null;
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!goesToTab) return;
    panel.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
    tabReached();
  }, [goesToTab, tabReached]);
  return (
    <aside
      ref={panel}
      aria-label={t('regions.panel')}
      className="absolute inset-y-0 right-0 z-20 flex w-80 max-w-full shrink-0 flex-col border-l bg-panel lg:static"
    >
      <Tabs
        label={t('regions.panel')}
        value={tab}
        onChange={(next) => chooseTab(panelTabSchema.catch('people').parse(next))}
        tabs={[
          { id: 'people', label: t('panel.people'), content: <PeoplePanel /> },
          { id: 'overlays', label: t('panel.overlays'), content: <OverlaysPanel /> },
          { id: 'brand', label: t('panel.brand'), content: <BrandPanel /> },
          { id: 'health', label: t('panel.health'), content: <HealthPanel /> },
        ]}
      />
    </aside>
  );
}
