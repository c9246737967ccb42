'use client';
import { Tabs } from '@streamus/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { recall, remember } from '@/lib/stored.ts';
import { BrandPanel } from './brand/brand-panel.tsx';
import { HealthPanel } from './health/health-panel.tsx';
import { OverlaysPanel } from './overlays/overlays-panel.tsx';
import { PeoplePanel } from './panel/people-panel.tsx';

const TAB_KEY = 'streamus.panel-tab';
const tabSchema = z.enum(['people', 'overlays', 'brand', 'health']);

export function SidePanel() {
  const { t } = useTranslation('studio');
  const [tab, setTab] = useState(() => recall(TAB_KEY, tabSchema) ?? 'people');
  return (
    <aside
      aria-label={t('regions.panel')}
      className="absolute inset-y-0 right-0 z-20 flex w-80 max-w-full shrink-0 flex-col border-l bg-panel lg:static"
    >
      <Tabs
        label={t('regions.panel')}
        value={tab}
        onChange={(next) => {
          remember(TAB_KEY, next);
          setTab(tabSchema.catch('people').parse(next));
        }}
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
