import { newScene, sceneIdSchema } from '@streamus/studio';
import { expect, test } from 'vitest';
import { copiedSceneName, newSceneName } from './scene-names.ts';

const scenes = (...names: string[]) =>
  names.map((name, n) => newScene(sceneIdSchema.parse(`00000000-0000-4000-8000-00000000000${n}`), name));

test('a new scene has the next number that is free', () => {
  expect(newSceneName('Scene', scenes('Scene 1'))).toBe('Scene 2');
  expect(newSceneName('Scene', scenes('Scene 1', 'Scene 3'))).toBe('Scene 4');
});

test('a copy is numbered after its original, in the room a name has', () => {
  expect(copiedSceneName('Intro', scenes('Intro'))).toBe('Intro 2');
  expect(copiedSceneName('Intro 2', scenes('Intro', 'Intro 2'))).toBe('Intro 3');
  expect(copiedSceneName('x'.repeat(60), [])).toBe(`${'x'.repeat(58)} 2`);
});
