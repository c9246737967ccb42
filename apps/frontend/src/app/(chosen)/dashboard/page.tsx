import type { Metadata } from 'next';
import { DashboardPage } from '@/features/dashboard/dashboard-page.tsx';

export const metadata: Metadata = { title: 'Dashboard', robots: { index: false } };

export default function Page() {
  return <DashboardPage />;
}
