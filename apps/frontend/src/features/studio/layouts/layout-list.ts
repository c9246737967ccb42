import {
  type LayoutChoice,
  type LayoutKind,
  layoutKindSchema,
  type OwnLayout,
  type StudioDocument,
} from '@streamus/studio';

export const layoutKinds: readonly LayoutKind[] = layoutKindSchema.options;

/** One choice of the layout bar, in its order: the n-th has the key n. */
export type LayoutEntry =
  | { readonly id: LayoutKind; readonly choice: LayoutKind; readonly own: null }
  | { readonly id: string; readonly choice: LayoutChoice; readonly own: OwnLayout };

/** The layouts that arrange by themselves, then the studio's own by name. */
export function layoutEntries({ layouts }: Pick<StudioDocument, 'layouts'>): LayoutEntry[] {
  const own = Object.values(layouts).sort(
    (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }) || (a.id < b.id ? -1 : 1),
  );
  return [
    ...layoutKinds.map((kind): LayoutEntry => ({ id: kind, choice: kind, own: null })),
    ...own.map(
      (layout): LayoutEntry => ({ id: layout.id, choice: { kind: 'own', layout: layout.id }, own: layout }),
    ),
  ];
}

/** The id of the entry a scene uses. */
export function entryIdOf(choice: LayoutChoice): string {
  return typeof choice === 'string' ? choice : choice.layout;
}
