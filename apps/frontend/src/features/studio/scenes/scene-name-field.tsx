'use client';
import type { Scene } from '@streamus/studio';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../desk.tsx';
import { useStudioPlace } from '../session-context.tsx';

/** The name of a scene, written in its place: Enter and leaving it keep it, Escape does not. */
export function SceneNameField({ scene, onDone }: { scene: Scene; onDone: (byKeyboard: boolean) => void }) {
  const { t } = useTranslation('direction');
  const { session } = useStudioPlace();
  const { rename } = useDesk();
  const [name, setName] = useState(scene.name);
  const field = useRef<HTMLInputElement>(null);
  const over = useRef(false);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  function finish(keep: boolean, byKeyboard: boolean) {
    if (over.current) return;
    over.current = true;
    const written = name.trim();
    if (keep && written !== '' && written !== scene.name) {
      void session.command({ type: 'rename-scene', scene: scene.id, name: written });
    }
    rename(null);
    onDone(byKeyboard);
  }

  return (
    <input
      ref={field}
      aria-label={t('scenes.name')}
      value={name}
      maxLength={60}
      dir="auto"
      onChange={(event) => setName(event.target.value)}
      onBlur={() => finish(true, false)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.nativeEvent.isComposing) return;
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        // Otherwise the scene that gets the focus now would be pressed by the same key, and go to air.
        event.preventDefault();
        finish(event.key === 'Enter', true);
      }}
      className="touch-target h-7 w-full min-w-0 rounded-md border border-accent bg-canvas px-1.5 text-xs outline-none"
    />
  );
}
