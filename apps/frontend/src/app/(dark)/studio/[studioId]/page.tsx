import type { Metadata } from 'next';
import { StudioPage } from '@/features/studio/studio-page.tsx';

export const metadata: Metadata = { title: 'Studio', robots: { index: false } };

export default async function Page({ params }: { params: Promise<{ studioId: string }> }) {
  const { studioId } = await params;
  return <StudioPage studioId={studioId} />;
}
