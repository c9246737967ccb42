import { compositionOf, type SceneId, type StudioDocument } from '@streamus/studio';

const known = new WeakMap<StudioDocument, Map<SceneId, string>>();

/** Changes when what a scene looks like changes; the picture of a take is the same as the one before. */
export function pictureKey(document: StudioDocument, scene: SceneId): string {
  let keys = known.get(document);
  if (keys === undefined) {
    keys = new Map();
    known.set(document, keys);
  }
  const found = keys.get(scene);
  if (found !== undefined) return found;
  const { air, people, programme } = compositionOf(document, scene);
  const key = JSON.stringify({ ...air, take: 0, transition: null, people, programme });
  keys.set(scene, key);
  return key;
}
