'use client';
import { compositionOf, type SceneId } from '@streamus/studio';
import { cn } from '@streamus/ui';
import { useRef } from 'react';
import { useStudio } from '../session-context.tsx';
import { SceneGlyph } from './scene-glyph.tsx';
import { useScenePicture } from './use-scene-picture.ts';

/** Cameras move a little in a thumbnail; the show has the painter's time. */
const EVERY_MS = 2500;
/** The screen shows a command first, and the programme has painted it. */
const AFTER_MS = 150;

/** Height in the list of scenes. */
const LIST_REM = 6;

export interface SceneThumbnailProps {
  readonly scene: SceneId;
  /** Of the picture, px. */
  readonly width: number;
  /** Greatest height. */
  readonly rem?: number;
  readonly everyMs?: number;
}

/** What a scene looks like, painted as the programme is; a drawing of it in a browser that cannot paint. */
export function SceneThumbnail({ scene, width, rem = LIST_REM, everyMs = EVERY_MS }: SceneThumbnailProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const painted = useScenePicture(canvas, scene, { width, everyMs, afterMs: AFTER_MS });
  const shape = useStudio((view) => view.document?.programme ?? { width: 16, height: 9 });
  return (
    <span
      aria-hidden
      className="relative mx-auto block w-full overflow-hidden rounded-md bg-black"
      style={{
        aspectRatio: shape.width / shape.height,
        maxHeight: `${rem}rem`,
        maxWidth: `${rem * (shape.width / shape.height)}rem`,
      }}
    >
      {!painted && <GlyphOf scene={scene} />}
      <canvas ref={canvas} className={cn('absolute inset-0 h-full w-full', !painted && 'hidden')} />
    </span>
  );
}

function GlyphOf({ scene }: { scene: SceneId }) {
  const document = useStudio((view) => view.document);
  return document === null ? null : <SceneGlyph composition={compositionOf(document, scene)} />;
}
