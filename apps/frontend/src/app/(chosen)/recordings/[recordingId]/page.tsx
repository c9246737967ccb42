import type { Metadata } from 'next';
import { RecordingPage } from '@/features/recordings/recording-page.tsx';

export const metadata: Metadata = { title: 'Recording', robots: { index: false } };

export default async function Page({ params }: { params: Promise<{ recordingId: string }> }) {
  const { recordingId } = await params;
  return <RecordingPage recordingId={recordingId} />;
}
