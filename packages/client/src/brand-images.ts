import { brandAssetPaths } from '@streamus/contracts';
import type { AssetId } from '@streamus/studio';

/** Loads the images a studio may show, each once, and hands them on. */
export interface BrandImages {
  load(assets: readonly AssetId[]): void;
  close(): void;
}

export function createBrandImages(options: {
  /** Of the API; empty: the page's own. */
  origin: string;
  onImage: (asset: AssetId, image: ImageBitmap) => void;
}): BrandImages {
  const asked = new Set<AssetId>();
  let closed = false;

  async function fetchImage(asset: AssetId): Promise<ImageBitmap | null> {
    const { path } = brandAssetPaths(asset);
    const response = await fetch(options.origin + path, { credentials: 'same-origin' });
    return response.ok ? createImageBitmap(await response.blob()) : null;
  }

  async function loadOne(asset: AssetId): Promise<void> {
    try {
      const image = await fetchImage(asset);
      if (image === null) asked.delete(asset);
      else if (closed) image.close();
      else options.onImage(asset, image);
    } catch {
      // Asked for again with the next change; the programme goes on without it.
      asked.delete(asset);
    }
  }

  return {
    load(assets) {
      const used = new Set(assets);
      // The painter forgets images out of use, so they must be loaded again when they return.
      for (const asset of asked) if (!used.has(asset)) asked.delete(asset);
      for (const asset of used) {
        if (asked.has(asset)) continue;
        asked.add(asset);
        void loadOne(asset);
      }
    },
    close() {
      closed = true;
    },
  };
}
