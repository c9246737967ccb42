import type { Metadata } from 'next';
import { Landing } from '@/features/landing/landing.tsx';
import strings from '@/i18n/en/landing.json';

export const metadata: Metadata = { title: { absolute: strings.title }, description: strings.description };

export default function Page() {
  return <Landing />;
}
