import { personIdSchema, type SourceId, sourceId } from '@streamus/studio';
import { expect, test } from 'vitest';
import { arrangeSources } from './arrange-sources.ts';

const camera = (n: number): SourceId =>
  sourceId('camera', personIdSchema.parse(`00000000-0000-4000-8000-00000000000${n}`));
const [a, b, c, d] = [camera(1), camera(2), camera(3), camera(4)];

test('those in the scene come first, in their order', () => {
  expect(arrangeSources([], [c, a], [a, b, c])).toEqual([c, a, b]);
});

test('a row stays where it is when it is switched', () => {
  expect(arrangeSources([a, b, c], [a, c], [a, b, c])).toEqual([a, b, c]);
  expect(arrangeSources([a, b, c], [a, b, c], [a, b, c])).toEqual([a, b, c]);
  expect(arrangeSources([a, b, c], [], [c, b, a])).toEqual([a, b, c]);
});

test('what somebody else orders is followed', () => {
  expect(arrangeSources([a, b, c], [c, a], [a, b, c])).toEqual([c, a, b]);
});

test('who comes is last, who has left goes unless they are in the scene', () => {
  expect(arrangeSources([a, b, c], [a], [a, c, d])).toEqual([a, c, d]);
  expect(arrangeSources([a, b], [a, b], [a])).toEqual([a, b]);
});
