import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { Document } from '../document.tsx';

export const metadata: Metadata = { title: { default: 'StreamUs', template: '%s · StreamUs' } };
export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: dark)', color: '#0a0c10' },
    { media: '(prefers-color-scheme: light)', color: '#f5f6f8' },
  ],
  viewportFit: 'cover',
};

export default function Layout({ children }: { children: ReactNode }) {
  return <Document theme="chosen">{children}</Document>;
}
