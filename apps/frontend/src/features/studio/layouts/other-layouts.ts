import { type OwnLayout, type Slot, type SourceKind, sourceKind } from '@streamus/studio';

/** A layout of one's own in another studio. */
export interface OtherLayout {
  readonly layout: OwnLayout;
  readonly studioName: string;
}

/** What other studios have and this one has not. One that was taken over keeps its id, so it is offered once. */
export function missingLayouts(
  studios: readonly { readonly name: string; readonly layouts: readonly OwnLayout[] }[],
  here: Readonly<Record<string, unknown>>,
): OtherLayout[] {
  const seen = new Set(Object.keys(here));
  return studios.flatMap(({ name, layouts }) =>
    layouts.flatMap((layout) => {
      if (seen.has(layout.id)) return [];
      seen.add(layout.id);
      return [{ layout, studioName: name }];
    }),
  );
}

/** As another studio can use it: whoever a slot named is not there, so it takes the next in turn. */
export function takenOver(layout: OwnLayout): OwnLayout {
  const next: Record<SourceKind, number> = { camera: 0, screen: 0 };
  for (const { holds } of layout.slots) {
    if (holds.kind === 'person') next.camera = Math.max(next.camera, holds.index + 1);
    if (holds.kind === 'screen') next.screen = Math.max(next.screen, holds.index + 1);
  }
  const holdsHere = ({ holds }: Slot): Slot['holds'] => {
    if (holds.kind !== 'source') return holds;
    const kind = sourceKind(holds.source);
    const index = next[kind];
    next[kind] += 1;
    return { kind: kind === 'camera' ? 'person' : 'screen', index };
  };
  return { ...layout, slots: layout.slots.map((slot) => ({ ...slot, holds: holdsHere(slot) })) };
}
