import { type LayoutKind, layoutKindSchema, type Programme } from '@streamus/studio';
import { OVERLAYS } from './overlays.ts';
import { type Scene, SMALL, scene, withOverlays, withScreen, withText } from './scene.ts';

export const SHAPES = {
  wide: SMALL,
  upright: { ...SMALL, width: 360, height: 640 },
  square: { ...SMALL, width: 480, height: 480 },
} as const satisfies Readonly<Record<string, Programme>>;

export const LAYOUTS = layoutKindSchema.options;

/** An overlay on a layout in a shape. */
export interface Triple {
  readonly name: string;
  readonly layout: LayoutKind;
  /** The picture that holds those of all overlays on this layout in this shape, and the place in it. */
  readonly sheet: string;
  readonly place: number;
  /** One of those that hold every pair of the three: every overlay on every layout, in each shape by turns. */
  readonly isPair: boolean;
  readonly scene: Scene;
}

/** Every overlay on every layout in every shape: the pairs on every surface, the rest on that of a machine without a card. */
export const product: readonly Triple[] = LAYOUTS.flatMap((layout, row) =>
  Object.entries(SHAPES).flatMap(([shape, programme], turn) =>
    Object.entries(OVERLAYS).map(([overlayName, overlay], place): Triple => {
      const isPair = turn === (row + place) % Object.keys(SHAPES).length;
      const people = withText(withScreen(scene(layout, 4, { programme })));
      const whole = withOverlays(people, overlay);
      return {
        name: `${layout}-${overlayName}-${shape}`,
        layout,
        sheet: `${layout}-${shape}`,
        place,
        isPair,
        scene: isPair ? whole : { ...whole, on: ['i420'] },
      };
    }),
  ),
);
