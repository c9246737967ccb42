import type { SourceId } from '@streamus/studio';

export interface PictureWish {
  readonly width: number;
  readonly height: number;
  /** Frames per second that are enough; null: as many as there are. */
  readonly fps: number | null;
}

/**
 * Who wants to see a source how large. The room is asked for the layer that fits the largest; nobody: no picture
 * is sent at all. Demands of elements rest while the page is hidden, the composer's do not.
 */
export interface PictureDemand {
  /** null: not wanted any more under this key. */
  set(source: SourceId, key: string, wish: PictureWish | null): void;
  /** Wants what an element's size asks for until the returned function is called. */
  watch(source: SourceId, element: HTMLElement): () => void;
  /** What fits all who want it; a wish for fewer frames holds for everybody, since it is made to save work. */
  largest(source: SourceId): PictureWish | null;
  close(): void;
}

const ELEMENT_KEY = 'element:';

export function createPictureDemand(onChange: (source: SourceId) => void): PictureDemand {
  const demands = new Map<SourceId, Map<string, PictureWish>>();
  let elements = 0;

  function set(source: SourceId, key: string, wish: PictureWish | null): void {
    const keys = demands.get(source) ?? new Map<string, PictureWish>();
    if (wish === null) keys.delete(key);
    else keys.set(key, wish);
    if (keys.size === 0) demands.delete(source);
    else demands.set(source, keys);
    onChange(source);
  }

  function watch(source: SourceId, element: HTMLElement): () => void {
    elements += 1;
    const key = `${ELEMENT_KEY}${elements}`;
    const observer = new ResizeObserver(() => set(source, key, pixelsOf(element)));
    observer.observe(element);
    set(source, key, pixelsOf(element));
    return () => {
      observer.disconnect();
      set(source, key, null);
    };
  }

  function onVisibility(): void {
    for (const source of demands.keys()) onChange(source);
  }
  document.addEventListener('visibilitychange', onVisibility);

  return {
    set,
    watch,
    largest(source) {
      const wishes = [...(demands.get(source) ?? [])]
        .filter(([key]) => !document.hidden || !key.startsWith(ELEMENT_KEY))
        .map(([, wish]) => wish);
      if (wishes.length === 0) return null;
      const rates = wishes.flatMap(({ fps }) => (fps === null ? [] : [fps]));
      return {
        width: Math.max(...wishes.map(({ width }) => width)),
        height: Math.max(...wishes.map(({ height }) => height)),
        fps: rates.length === 0 ? null : Math.min(...rates),
      };
    },
    close: () => document.removeEventListener('visibilitychange', onVisibility),
  };
}

/** An element's size in device pixels; at least one small layer's, so that a tile being opened has a picture. */
function pixelsOf(element: HTMLElement): PictureWish {
  const scale = Math.min(2, devicePixelRatio);
  return {
    width: Math.max(160, Math.round(element.clientWidth * scale)),
    height: Math.max(90, Math.round(element.clientHeight * scale)),
    fps: null,
  };
}
