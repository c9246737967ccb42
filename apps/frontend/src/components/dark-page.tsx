import { Wordmark } from '@streamus/ui';
import type { ReactNode } from 'react';

/** A quiet page around one decision: the mark on top, the content in the middle. */
export function DarkPage({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-screen flex-col">
      <header className="flex h-16 items-center px-6">
        <Wordmark />
      </header>
      <main id="main" className="flex flex-1 flex-col items-center justify-center px-4 pb-16 sm:px-6">
        {children}
      </main>
    </div>
  );
}
