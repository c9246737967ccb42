import { aspectOfProgramme } from '../programme.ts';
import type { LayoutKind } from './layout-choice.ts';
import { arrangeNarrow } from './narrow-presets.ts';
import { leadBy, type Placed, type Stage, whole } from './seen.ts';
import { arrangeWide } from './wide-presets.ts';

/** Where a layout that arranges by itself puts what is on stage, lowest first. SPEC L5 to L19. */
export function arrange(layout: LayoutKind, stage: Stage): Placed[] {
  const [first] = stage.all;
  if (first === undefined) return [];
  if (stage.all.length === 1) return [whole(stage, first)];
  if (layout === 'solo') return [whole(stage, stage.focus ?? first)];
  const [screen] = leadBy(stage.screens, stage.focus);
  if (layout === 'screen-only' && screen !== undefined) return [whole(stage, screen)];
  const kind = layout === 'screen-only' ? 'grid' : layout;
  return aspectOfProgramme(stage.frame) === '16:9' ? arrangeWide(kind, stage) : arrangeNarrow(kind, stage);
}
