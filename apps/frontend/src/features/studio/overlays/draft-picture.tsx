'use client';
import {
  type Composition,
  compositionOf,
  isAlone,
  type Overlay,
  type StudioDocument,
} from '@streamus/studio';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudio, useStudioPlace } from '../session-context.tsx';

/** As wide as the panel on a screen with two pixels a point. */
const WIDTH = 512;
/** Typing pauses this long before a picture is made, ms. */
const PAUSE_MS = 200;

/** The scene in edit with this overlay as the painter will draw it; nothing while another tab composes. */
export function DraftPicture({ overlay }: { overlay: Overlay }) {
  const { t } = useTranslation('overlays');
  const { session } = useStudioPlace();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [there, setThere] = useState(false);
  const document = useStudio((view) => view.document);
  const composition = useMemo(
    () => (document === null ? null : compositionWith(document, overlay)),
    [document, overlay],
  );
  const shape = composition?.programme;

  useEffect(() => {
    if (composition === null) return;
    let gone = false;
    const timer = setTimeout(async () => {
      const picture = await session.picture(composition, WIDTH);
      const context = canvas.current?.getContext('bitmaprenderer');
      if (gone || picture === null || !context || canvas.current === null) {
        picture?.close();
        return;
      }
      canvas.current.width = picture.width;
      canvas.current.height = picture.height;
      context.transferFromImageBitmap(picture);
      setThere(true);
    }, PAUSE_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [session, composition]);

  return (
    <figure hidden={!there} className="flex flex-col gap-1">
      <canvas
        ref={canvas}
        role="img"
        aria-label={t('picture')}
        className="mx-auto max-h-64 max-w-full rounded-lg ring-1 ring-line"
        style={shape === undefined ? {} : { aspectRatio: shape.width / shape.height }}
      />
      <figcaption className="text-muted text-xs">{t('pictureText')}</figcaption>
    </figure>
  );
}

/** The scene in edit as if this overlay was shown in it. */
function compositionWith(document: StudioDocument, overlay: Overlay): Composition {
  const composition = compositionOf(document);
  const { air } = composition;
  const others = air.overlays.filter(
    (other) => other.id !== overlay.id && !(isAlone(overlay.kind) && other.kind === overlay.kind),
  );
  return { ...composition, air: { ...air, overlays: [...others, overlay] } };
}
