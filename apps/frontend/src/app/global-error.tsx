'use client';
import { CrashPage } from '@/components/crash-page.tsx';
import './globals.css';

export default function GlobalError() {
  return (
    <html lang="en" data-theme="dark">
      <body>
        <CrashPage onRetry={() => window.location.reload()} />
      </body>
    </html>
  );
}
