import type { FontFamily } from './catalogue.ts';
import { fontStack, fontsFor } from './font-stack.ts';

/** One file of a font: the letters it holds, and where it is. */
export interface FontFileView {
  readonly path: string;
  /** As in `unicode-range` of a style sheet. */
  readonly unicodeRange: string;
}

export interface FontLoaderOptions {
  /** `document.fonts`, or `self.fonts` of a worker. */
  readonly fonts: FontFaceSet;
  /** Origin of the API; empty: the page's own, which a worker made from a blob does not know. */
  readonly origin: string;
}

/** Brings served fonts to a page or worker, and of each only the files whose letters are used. */
export interface FontLoader {
  /** Value of `font-family` for `text`; until its fonts are loaded, the machine's own draw it. It is another one afterwards. */
  stack(font: string, text: string): string;
  /** True when `text` can be drawn now as it will be drawn for good. */
  ready(font: string, weight: number, text: string): boolean;
  /** Loads what `text` needs. Never rejects: what cannot be had is drawn by the machine's fonts and asked for again. */
  load(font: string, weight: number, text: string): Promise<void>;
}

const API = '/api/v1/fonts';

export function createFontLoader({ fonts, origin }: FontLoaderOptions): FontLoader {
  const announced = new Map<string, Promise<boolean>>();
  const known = new Set<string>();
  const loaded = new WeakSet<FontFace>();
  /** How often files of a family have arrived. */
  const arrivals = new Map<string, number>();

  /** Tells the browser which files there are; it fetches those that are needed. True when it worked. */
  function announce(font: FontFamily): Promise<boolean> {
    const before = announced.get(font.id);
    if (before !== undefined) return before;
    const now = addFaces(font).catch(() => {
      announced.delete(font.id);
      return false;
    });
    announced.set(font.id, now);
    return now;
  }

  async function addFaces(font: FontFamily): Promise<boolean> {
    const response = await fetch(`${origin}${API}/${font.id}`);
    if (!response.ok) throw new Error(`The font ${font.id} is not served: ${response.status}.`);
    const [from, to] = font.weights;
    const weight = from === to ? String(from) : `${from} ${to}`;
    for (const { path, unicodeRange } of facesIn(await response.json())) {
      fonts.add(new FontFace(font.family, `url(${origin}${path})`, { unicodeRange, weight }));
    }
    known.add(font.id);
    return true;
  }

  const cssFont = (weight: number, stack: string): string => `${weight} 16px ${stack}`;

  /** Chromium 156 goes on drawing what a worker asked for by the same words before the files were there. */
  function stack(font: string, text: string): string {
    const count = fontsFor(font, text).reduce((sum, { family }) => sum + (arrivals.get(family) ?? 0), 0);
    return count === 0 ? fontStack(font, text) : `${fontStack(font, text)}, "loaded ${count}"`;
  }

  return {
    stack,
    ready(font, weight, text) {
      const all = fontsFor(font, text).every(({ id }) => known.has(id));
      return all && fonts.check(cssFont(weight, fontStack(font, text)), text);
    },
    async load(font, weight, text) {
      const needed = fontsFor(font, text);
      if (needed.length === 0) return;
      await Promise.all(needed.map(announce));
      try {
        for (const face of await fonts.load(cssFont(weight, fontStack(font, text)), text)) {
          if (loaded.has(face)) continue;
          loaded.add(face);
          const family = face.family.replaceAll('"', '');
          arrivals.set(family, (arrivals.get(family) ?? 0) + 1);
        }
      } catch {
        // A file that could not be fetched: the browser tries again when its letters are needed again.
      }
    },
  };
}

/** The files an answer of the API names; whatever else it may be gives none. */
function facesIn(answer: unknown): FontFileView[] {
  if (typeof answer !== 'object' || answer === null || !('faces' in answer)) return [];
  return Array.isArray(answer.faces) ? answer.faces.filter(isFace) : [];
}

function isFace(value: unknown): value is FontFileView {
  if (typeof value !== 'object' || value === null) return false;
  if (!('path' in value && 'unicodeRange' in value)) return false;
  const { path, unicodeRange } = value;
  return typeof path === 'string' && path.startsWith(`${API}/`) && typeof unicodeRange === 'string';
}
