import { createHash } from 'node:crypto';
import { type FlvTag, readFlvContent, splitAvcc, toAvcc } from '@streamus/media-formats';
import type { Clip } from '@streamus/testkit/publisher';

/** Knows the pictures of a clip by their bytes. */
export interface ClipPictures {
  has(fingerprint: string): boolean;
  /** How often two pictures of the clip follow each other that do not do so in the clip, which is played in a loop. */
  jumps(tags: readonly FlvTag[]): number;
}

export function clipPictures(clip: Clip): ClipPictures {
  // White pictures look alike, so a picture may have several followers.
  const followers = new Map<string, Set<string>>();
  const names = clip.pictures.map(({ nals }) => nameOf(toAvcc(nals)));
  names.forEach((name, index) => {
    const next = names[(index + 1) % names.length] ?? '';
    followers.set(name, (followers.get(name) ?? new Set()).add(next));
  });
  return {
    has: (name) => followers.has(name),
    jumps(tags) {
      const shown = picturesOf(tags);
      return shown.filter((name, index) => {
        const allowed = followers.get(shown[index - 1] ?? '');
        return allowed !== undefined && followers.has(name) && !allowed.has(name);
      }).length;
    },
  };
}

const known = new WeakMap<FlvTag, string | undefined>();

/** Fingerprint of a video tag's picture, undefined for other tags. */
export function pictureOf(tag: FlvTag): string | undefined {
  if (known.has(tag)) return known.get(tag);
  const content = readFlvContent(tag);
  const name = content.kind === 'video' ? nameOf(content.unit) : undefined;
  known.set(tag, name);
  return name;
}

/** Fingerprints of all pictures in order. */
export function picturesOf(tags: readonly FlvTag[]): string[] {
  return tags.flatMap((tag) => pictureOf(tag) ?? []);
}

/** Parameter sets may or may not stand in front of a keyframe. */
function nameOf(unit: Uint8Array): string {
  const bytes = toAvcc(splitAvcc(unit) ?? []);
  return createHash('sha1').update(bytes).digest('base64');
}
