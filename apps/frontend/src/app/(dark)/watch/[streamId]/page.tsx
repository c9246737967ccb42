import type { Metadata } from 'next';
import { WatchPage } from '@/features/watch/watch-page.tsx';

export const metadata: Metadata = { title: 'Watch' };

export default async function Page({ params }: { params: Promise<{ streamId: string }> }) {
  const { streamId } = await params;
  return <WatchPage streamId={streamId} />;
}
