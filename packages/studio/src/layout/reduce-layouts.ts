import type { StudioDocument } from '../document.ts';
import type { LayoutId } from '../ids.ts';
import { LAYOUTS_LIMIT } from '../limits.ts';
import { withoutKey } from '../lists.ts';
import { done, type Reduced, refused } from '../result.ts';
import type { LayoutChoice } from './layout-choice.ts';
import type { LayoutCommand } from './layout-commands.ts';

/** The studio's own layouts. SPEC W. */
export function reduceLayouts(document: StudioDocument, command: LayoutCommand): Reduced {
  switch (command.type) {
    case 'save-layout': {
      const { layout } = command;
      const isNew = document.layouts[layout.id] === undefined;
      if (isNew && Object.keys(document.layouts).length >= LAYOUTS_LIMIT) return refused('layouts_full');
      return done({ ...document, layouts: { ...document.layouts, [layout.id]: layout } });
    }
    case 'delete-layout':
      return deleteLayout(document, command.layout);
  }
}

function deleteLayout(document: StudioDocument, id: LayoutId): Reduced {
  if (document.layouts[id] === undefined) return refused('unknown_layout');
  const inEdit = document.scenes[document.scene];
  if (document.mode === 'direct' && inEdit !== undefined && uses(inEdit.layout, id)) {
    return refused('layout_on_air');
  }
  return done(withoutLayout(document, id));
}

function uses(choice: LayoutChoice, id: LayoutId): boolean {
  return typeof choice !== 'string' && choice.layout === id;
}

/** The document without a layout; scenes that used it show a grid. */
export function withoutLayout(document: StudioDocument, id: LayoutId): StudioDocument {
  const scenes = { ...document.scenes };
  for (const scene of Object.values(document.scenes)) {
    if (uses(scene.layout, id)) scenes[scene.id] = { ...scene, layout: 'grid' };
  }
  return { ...document, layouts: withoutKey(document.layouts, id), scenes };
}
