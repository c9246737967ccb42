import { fitsStage, type StudioDocument } from '../document.ts';
import { type SourceId, sourcePerson } from '../ids.ts';
import { withItemAt, without } from '../lists.ts';
import { done, type Reduced, refused } from '../result.ts';
import { inScene } from '../scenes/in-scene.ts';
import type { Scene } from '../scenes/scene.ts';
import type { StageCommand } from './stage-commands.ts';

/** Who is on stage. SPEC C2 to C4, C11. */
export function reduceStage(document: StudioDocument, command: StageCommand): Reduced {
  if (command.type === 'withdraw-source') return withdraw(document, command.source);
  return inScene(document, command.scene, (scene) => {
    const stage = scene.cast ?? document.stage;
    const changed = changeStage(document, stage, command);
    if (typeof changed === 'string') return refused(changed);
    return done(withStage(document, scene, changed));
  });
}

function changeStage(
  document: StudioDocument,
  stage: readonly SourceId[],
  command: Exclude<StageCommand, { type: 'withdraw-source' }>,
) {
  const { source } = command;
  const staged = stage.includes(source);
  switch (command.type) {
    case 'put-on-stage': {
      if (document.people[sourcePerson(source)] === undefined) return 'unknown_source';
      if (staged) return 'already_on_stage';
      const next = [...stage, source];
      return fitsStage(next) ? next : 'stage_full';
    }
    case 'put-backstage':
      return staged ? without(stage, source) : 'not_on_stage';
    case 'move-on-stage':
      return staged ? withItemAt(stage, source, command.index) : 'not_on_stage';
  }
}

function withStage(document: StudioDocument, scene: Scene, stage: SourceId[]): StudioDocument {
  if (scene.cast === null) return { ...document, stage };
  return { ...document, scenes: { ...document.scenes, [scene.id]: { ...scene, cast: stage } } };
}

function withdraw(document: StudioDocument, source: SourceId): Reduced {
  const isStaged =
    document.stage.includes(source) ||
    document.onAir.stage.includes(source) ||
    Object.values(document.scenes).some(({ cast }) => cast?.includes(source));
  return isStaged ? done(withoutSource(document, source)) : refused('not_on_stage');
}

function withoutSource(document: StudioDocument, source: SourceId): StudioDocument {
  const scenes = { ...document.scenes };
  for (const scene of Object.values(document.scenes)) {
    if (scene.cast?.includes(source)) scenes[scene.id] = { ...scene, cast: without(scene.cast, source) };
  }
  return {
    ...document,
    stage: without(document.stage, source),
    scenes,
    onAir: { ...document.onAir, stage: without(document.onAir.stage, source) },
  };
}
