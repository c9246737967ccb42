import type { Composition } from '../air/composition.ts';
import { WHOLE } from '../area.ts';
import { type SourceId, sourceKind } from '../ids.ts';
import { personOfSource } from '../selectors.ts';
import type { Box, SourceFactsMap } from './box.ts';
import { fillSlots } from './own.ts';
import type { Crop } from './own-layout.ts';
import { arrange } from './presets.ts';
import { aspectOf, even, fitInside, type Rect } from './rect.ts';
import { type Placed, readStage } from './seen.ts';

/** With less of its height left in the box, a camera is shown whole instead: heads would be cut. SPEC L4. */
const LEAST_HEIGHT = 0.45;
/** With less of its width left: a head and its shoulders have a third of a 16:9 picture. SPEC L4. */
const LEAST_WIDTH = 0.3;

/**
 * Where the sources on stage are drawn, lowest first. Pure: preview, programme, thumbnails and tests all call
 * this. A person without video gets a box (the painter draws an avatar); an absent source gets none. `speaker` is
 * whoever speaks, for scenes that follow it. SPEC L.
 */
export function layoutBoxes(input: {
  composition: Composition;
  sources: SourceFactsMap;
  speaker?: SourceId | null;
}): Box[] {
  const { composition, sources, speaker = null } = input;
  const { layout } = composition.air;
  const stage = readStage(composition, sources, speaker);
  const all = typeof layout === 'string' ? arrange(layout, stage) : fillSlots(layout, stage);
  return all.map((item, z) => toBox(item, composition, z));
}

function toBox(item: Placed, composition: Composition, z: number): Box {
  const { rect, fit } = fitPicture(item);
  const person = sourceKind(item.source) === 'camera' ? personOfSource(composition, item.source) : null;
  return {
    ...even(rect),
    source: item.source,
    fit,
    crop: item.crop,
    radius: item.radius,
    border: item.border,
    nameTag: composition.air.brand.nameTags.shown ? (person?.name ?? null) : null,
    z,
  };
}

function fitPicture({ source, facts, rect, fit, crop }: Placed): { rect: Rect; fit: Box['fit'] } {
  const aspect = facts.hasVideo && facts.aspect !== undefined ? facts.aspect * cropAspect(crop) : undefined;
  if (fit === 'cover') return { rect, fit };
  if (fit === null && sourceKind(source) === 'camera') {
    if (aspect === undefined || canBeCut(aspect, aspectOf(rect))) {
      return { rect, fit: 'cover' };
    }
  }
  return { rect: aspect === undefined ? rect : fitInside(rect, aspect), fit: 'contain' };
}

/** What cropping does to a picture's shape. */
function cropAspect({ left, right, top, bottom }: Crop): number {
  return (WHOLE - left - right) / (WHOLE - top - bottom);
}

/** Whether enough of a picture of one shape is left when it fills a box of another. */
function canBeCut(picture: number, box: number): boolean {
  return picture > box ? box / picture >= LEAST_WIDTH : picture / box >= LEAST_HEIGHT;
}
