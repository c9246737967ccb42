'use client';
import { routes } from '@streamus/contracts';
import { useEffect, useState } from 'react';
import { api } from '@/lib/api.ts';
import { useRole, useStudio, useStudioPlace } from '../session-context.tsx';
import { missingLayouts, type OtherLayout } from './other-layouts.ts';

type OtherStudios = Parameters<typeof missingLayouts>[0];

/**
 * Layouts of the host's other studios that are not here. Asked for before a menu opens, so that nothing moves in it;
 * without an answer none are offered.
 */
export function useOtherLayouts(): readonly OtherLayout[] {
  const { studioId } = useStudioPlace();
  const role = useRole();
  const here = useStudio((view) => view.document?.layouts ?? null);
  const [studios, setStudios] = useState<OtherStudios>([]);
  useEffect(() => {
    if (role !== 'host') return;
    let gone = false;
    void api(routes.listOtherLayouts, { params: { studioId } }).then((result) => {
      if (!gone && result.ok) setStudios(result.value.studios);
    });
    return () => {
      gone = true;
    };
  }, [role, studioId]);
  return missingLayouts(studios, here ?? {});
}
