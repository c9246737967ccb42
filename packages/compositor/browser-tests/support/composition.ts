import {
  type Composition,
  newStudioDocument,
  type PersonId,
  personIdSchema,
  type SourceId,
  sourceId,
} from '@streamus/studio';

/** Small: the machine that tests is shared. */
export const PROGRAMME = { width: 640, height: 360, fps: 15, videoBitrate: 900_000 };

export const personNo = (n: number): PersonId =>
  personIdSchema.parse(`00000000-0000-4000-8000-${n.toString().padStart(12, '0')}`);
export const cameraNo = (n: number): SourceId => sourceId('camera', personNo(n));

/** So many people in a grid. */
export function compositionOf(people: number): Composition {
  const { programme, onAir } = newStudioDocument(PROGRAMME);
  const ids = Array.from({ length: people }, (_, n) => personNo(n));
  return {
    programme,
    people: Object.fromEntries(ids.map((id) => [id, { id, name: 'Somebody', role: 'guest' as const }])),
    air: { ...onAir, layout: 'grid', stage: ids.map((id) => sourceId('camera', id)) },
  };
}

export const seconds = (count: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, count * 1000));
