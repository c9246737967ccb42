import type { SourceId } from '@streamus/studio';

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Who wants to see a source how large. The room is asked for the layer that fits the largest; nobody: no picture
 * is sent at all. Demands of elements rest while the page is hidden, the composer's do not.
 */
export interface PictureDemand {
  /** null: not wanted any more under this key. */
  set(source: SourceId, key: string, size: PictureSize | null): void;
  /** Wants what an element's size asks for until the returned function is called. */
  watch(source: SourceId, element: HTMLElement): () => void;
  largest(source: SourceId): PictureSize | null;
  close(): void;
}

const ELEMENT_KEY = 'element:';

export function createPictureDemand(onChange: (source: SourceId) => void): PictureDemand {
  const demands = new Map<SourceId, Map<string, PictureSize>>();
  let elements = 0;

  function set(source: SourceId, key: string, size: PictureSize | null): void {
    const keys = demands.get(source) ?? new Map<string, PictureSize>();
    if (size === null) keys.delete(key);
    else keys.set(key, size);
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
      const sizes = [...(demands.get(source) ?? [])]
        .filter(([key]) => !document.hidden || !key.startsWith(ELEMENT_KEY))
        .map(([, size]) => size);
      if (sizes.length === 0) return null;
      return {
        width: Math.max(...sizes.map((size) => size.width)),
        height: Math.max(...sizes.map((size) => size.height)),
      };
    },
    close: () => document.removeEventListener('visibilitychange', onVisibility),
  };
}

/** An element's size in device pixels; at least one small layer's, so that a tile being opened has a picture. */
function pixelsOf(element: HTMLElement): PictureSize {
  const scale = Math.min(2, devicePixelRatio);
  return {
    width: Math.max(160, Math.round(element.clientWidth * scale)),
    height: Math.max(90, Math.round(element.clientHeight * scale)),
  };
}
