import type { Metadata } from 'next';
import { JoinPage } from '@/features/guest/join-page.tsx';

export const metadata: Metadata = { title: 'Join', robots: { index: false }, referrer: 'no-referrer' };

export default function Page() {
  return <JoinPage />;
}
