'use client';
import { CrashPage } from '@/components/crash-page.tsx';

export default function PageError() {
  return <CrashPage onRetry={() => window.location.reload()} />;
}
