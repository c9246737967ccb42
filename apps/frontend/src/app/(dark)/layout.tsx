import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { Document } from '../document.tsx';

export const metadata: Metadata = { title: { default: 'StreamUs', template: '%s · StreamUs' } };
export const viewport: Viewport = { themeColor: '#0a0c10', viewportFit: 'cover' };

export default function Layout({ children }: { children: ReactNode }) {
  return <Document theme="dark">{children}</Document>;
}
