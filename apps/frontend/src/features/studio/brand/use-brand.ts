'use client';
import { type Brand, DEFAULT_BRAND, type StudioCommand } from '@streamus/studio';
import { useStudio, useStudioPlace } from '../session-context.tsx';

type BrandChange = Extract<StudioCommand, { type: 'set-brand' }>['brand'];

/** The studio's look, and the way to change parts of it. */
export function useBrand(): readonly [Brand, (change: BrandChange) => void] {
  const { session } = useStudioPlace();
  const brand = useStudio((view) => view.document?.brand ?? null) ?? DEFAULT_BRAND;
  return [brand, (change) => void session.command({ type: 'set-brand', brand: change })];
}
