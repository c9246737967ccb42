'use client';
import { Wordmark } from '@streamus/ui';
import Link from 'next/link';
import type { ReactNode } from 'react';
import strings from '@/i18n/en/auth.json';
import { provideStrings } from '@/i18n/i18n.ts';

provideStrings('auth', strings);

export function AuthCard(props: { title: string; lead?: string; children: ReactNode; footer: ReactNode }) {
  return (
    <div className="flex min-h-screen flex-col px-4">
      <header className="mx-auto flex h-16 w-full max-w-6xl items-center sm:px-4">
        <Link href="/" className="rounded-lg">
          <Wordmark />
        </Link>
      </header>
      <main id="main" className="flex flex-1 flex-col items-center justify-center pb-24">
        <div className="w-full max-w-100 rounded-2xl bg-panel p-8 shadow-pop">
          <h1 className="font-semibold text-2xl tracking-tight">{props.title}</h1>
          {props.lead && <p className="mt-1 text-muted">{props.lead}</p>}
          {props.children}
        </div>
        <p className="mt-6 text-muted">{props.footer}</p>
      </main>
    </div>
  );
}
