'use client';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { type BrandLibrary, brandLibrary, type LibraryState } from './brand-library.ts';

/** The library of a studio, read anew whenever a part of the screen that shows it appears. */
export function useBrandLibrary<T>(
  studioId: string,
  guestToken: string | null,
  select: (state: LibraryState) => T,
): readonly [T, BrandLibrary] {
  const library = brandLibrary(studioId, guestToken);
  useEffect(() => {
    void library.load();
  }, [library]);
  return [useStore(library.store, useShallow(select)), library];
}
