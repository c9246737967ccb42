import type { Scene } from '@streamus/studio';

/** Names are at most this long. */
const NAME_LENGTH = 60;

/** The first of “base 2”, “base 3” … that no scene has. */
function numbered(base: string, scenes: readonly Scene[], from: number): string {
  const taken = new Set(scenes.map(({ name }) => name));
  for (let n = from; ; n += 1) {
    const end = ` ${n}`;
    const name = base.slice(0, NAME_LENGTH - end.length) + end;
    if (!taken.has(name)) return name;
  }
}

/** The name of a new scene: “Scene 3”. */
export function newSceneName(word: string, scenes: readonly Scene[]): string {
  return numbered(word, scenes, scenes.length + 1);
}

/** The name of a copy: “Intro 2”. */
export function copiedSceneName(name: string, scenes: readonly Scene[]): string {
  return numbered(name.replace(/ \d+$/, ''), scenes, 2);
}
