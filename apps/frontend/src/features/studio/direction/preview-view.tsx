'use client';
import { compositionOf, type SceneId, sceneInEdit } from '@streamus/studio';
import { cn } from '@streamus/ui';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { SafeAreas } from '../overlays/safe-areas.tsx';
import { SceneGlyph } from '../scenes/scene-glyph.tsx';
import { useScenePicture } from '../scenes/use-scene-picture.ts';
import { useStudio } from '../session-context.tsx';
import { PictureFrame } from './picture-frame.tsx';

/** Ten pictures a second show how people move; the painter's other time belongs to the show. */
const EVERY_MS = 100;
/** Pixels across: sharp enough beside the programme, cheap enough for ten a second. */
const WIDTH = 480;

/** The scene in edit as it would be seen; nobody else sees it. */
export function PreviewView() {
  const { t } = useTranslation('direction');
  const scene = useStudio(({ document }) => (document === null ? null : sceneInEdit(document)));
  if (scene === null) return null;
  return (
    <PictureFrame tone="preview" word={t('preview')} name={scene.name}>
      <PreviewPicture scene={scene.id} name={scene.name} />
    </PictureFrame>
  );
}

function PreviewPicture({ scene, name }: { scene: SceneId; name: string }) {
  const { t } = useTranslation('direction');
  const canvas = useRef<HTMLCanvasElement>(null);
  const painted = useScenePicture(canvas, scene, { width: WIDTH, everyMs: EVERY_MS });
  const document = useStudio((view) => view.document);
  return (
    <>
      {!painted && document !== null && <SceneGlyph composition={compositionOf(document, scene)} />}
      <canvas
        ref={canvas}
        role="img"
        aria-label={t('previewOf', { name })}
        className={cn('absolute inset-0 h-full w-full', !painted && 'opacity-0')}
      />
      <SafeAreas />
    </>
  );
}
