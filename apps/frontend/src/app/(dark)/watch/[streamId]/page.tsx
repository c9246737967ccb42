import type { Metadata } from 'next';
import { WatchPage } from '@/features/watch/watch-page.tsx';

export const metadata: Metadata = {
  title: 'Watch',
  description: 'Watch this stream live in the browser, without an account, and rewind up to half an hour.',
};

export default async function Page({ params }: { params: Promise<{ streamId: string }> }) {
  const { streamId } = await params;
  return <WatchPage streamId={streamId} />;
}
