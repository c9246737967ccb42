import type { Composition, OverlayId } from '@streamus/studio';
import type { Shown } from './overlays/overlay-items.ts';

/** The picture that a transition takes away. */
export interface Leaving {
  readonly composition: Composition;
  readonly shown: readonly Shown[];
  /** Overlays that the next picture has too. */
  readonly staying: ReadonlySet<OverlayId>;
  readonly sinceMs: number;
}

type AllShown = ReadonlyMap<OverlayId, Shown>;

export function leave(composition: Composition, shown: AllShown, next: Composition, nowMs: number): Leaving {
  const staying = new Set(next.air.overlays.map(({ id }) => id));
  return { composition, shown: [...shown.values()], staying, sinceMs: nowMs };
}

/** What goes with the old picture is gone from the new one at once: in both, one would see it twice. */
export function shownAfter({ staying }: Leaving, shown: AllShown): AllShown {
  return new Map([...shown].filter(([id]) => staying.has(id)));
}

/** The old picture's overlays; those of both pictures are as far in it as in the new one. */
export function shownBefore({ shown, staying }: Leaving, now: AllShown): readonly Shown[] {
  return shown.flatMap((one) => {
    if (!staying.has(one.overlay.id)) return one;
    const same = now.get(one.overlay.id);
    return same === undefined ? [] : { ...same, overlay: one.overlay };
  });
}
