import { expect, test } from 'vitest';
import { GopCache } from './gop-cache.ts';

test('GOP cache: begins with a keyframe and is bounded', () => {
  const cache = new GopCache<{ kind: 'video' | 'audio'; key: boolean; n: number }>(4);
  const push = (kind: 'video' | 'audio', key: boolean, n: number) => cache.push({ kind, key, n });
  push('video', false, 0);
  expect(cache.items()).toEqual([]);
  push('video', true, 1);
  push('audio', false, 2);
  push('video', true, 3);
  push('video', false, 4);
  expect(cache.items().map(({ n }) => n)).toEqual([3, 4]);
  for (let n = 5; n < 20; n += 1) push('audio', false, n);
  expect(cache.items()).toEqual([]);
});
