'use client';
import type { StudioSession } from '@streamus/client';
import { type Composition, compositionOf, type SceneId } from '@streamus/studio';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useStudio, useStudioPlace } from '../session-context.tsx';
import { pictureKey } from './picture-key.ts';

/** Pictures are drawn one after the other: the painter has a show to paint. */
const queues = new WeakMap<StudioSession, Promise<unknown>>();

function drawInTurn(
  session: StudioSession,
  composition: Composition,
  width: number,
): Promise<ImageBitmap | null> {
  const turn = (queues.get(session) ?? Promise.resolve()).then(() => session.picture(composition, width));
  queues.set(
    session,
    turn.catch(() => null),
  );
  return turn;
}

export interface PictureOptions {
  /** Called for each picture, so that it shows what is true then; null: nothing to draw. */
  readonly composition: () => Composition | null;
  /** Changes when the picture does: it is drawn again. */
  readonly key: string;
  /** After a change of it so much goes first, ms: what is larger than this picture. */
  readonly afterMs?: number;
  /** Width in CSS pixels. */
  readonly width: number;
  /** Cameras move: it is drawn again after this time, ms. */
  readonly everyMs: number;
}

/**
 * Keeps a canvas showing a composition, painted by the painter itself. False while there is no picture: in a browser that
 * cannot paint.
 */
export function usePicture(
  canvas: RefObject<HTMLCanvasElement | null>,
  { composition, key, afterMs = 0, width, everyMs }: PictureOptions,
): boolean {
  const { session } = useStudioPlace();
  const [painted, setPainted] = useState(false);
  const latest = useRef(composition);
  latest.current = composition;
  const drawn = useRef(false);
  useEffect(() => {
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const draw = async () => {
      const element = canvas.current;
      const asked = latest.current();
      if (element !== null && asked !== null && isSeen(element)) {
        const pixels = Math.round(width * Math.min(2, window.devicePixelRatio));
        const bitmap = await drawInTurn(session, asked, pixels).catch(() => null);
        if (bitmap !== null && !gone) show(element, bitmap);
        else bitmap?.close();
        if (!gone) setPainted(bitmap !== null);
      }
      if (!gone) timer = setTimeout(draw, everyMs);
    };
    if (drawn.current && afterMs > 0) timer = setTimeout(draw, afterMs);
    else void draw();
    drawn.current = true;
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [session, canvas, key, afterMs, width, everyMs]);
  return painted;
}

function isSeen(element: HTMLElement): boolean {
  if (document.hidden) return false;
  const { top, bottom, width } = (element.parentElement ?? element).getBoundingClientRect();
  return width > 0 && bottom > 0 && top < window.innerHeight;
}

/** Takes over `bitmap`. */
function show(canvas: HTMLCanvasElement, bitmap: ImageBitmap): void {
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
}

/** The picture of one of the studio's scenes. */
export function useScenePicture(
  canvas: RefObject<HTMLCanvasElement | null>,
  scene: SceneId,
  size: Pick<PictureOptions, 'width' | 'everyMs' | 'afterMs'>,
): boolean {
  const { session } = useStudioPlace();
  const key = useStudio(({ document }) => (document === null ? '' : pictureKey(document, scene)));
  return usePicture(canvas, {
    composition: () => {
      const { document } = session.store.getState();
      return document === null ? null : compositionOf(document, scene);
    },
    key,
    ...size,
  });
}
