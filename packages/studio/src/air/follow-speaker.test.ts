import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SourceId } from '../ids.ts';
import { sourceNo } from '../testing.ts';
import { followSpeaker, NO_SPEAKER, type SpeakerState } from './follow-speaker.ts';

const [ADA, BOB, CLEO] = [sourceNo(1), sourceNo(2), sourceNo(3)];
/** How often levels come. */
const TICK_MS = 100;

/** Lets people speak for so many milliseconds each; the others are quiet. Who is shown after each. */
function talk(turns: readonly (readonly [SourceId | null, number])[], people = [ADA, BOB, CLEO]) {
  let state: SpeakerState = NO_SPEAKER;
  let nowMs = 0;
  return turns.map(([who, forMs]) => {
    for (const end = nowMs + forMs; nowMs < end; nowMs += TICK_MS) {
      const levels = new Map(people.map((source) => [source, source === who ? 0.6 : 0.05]));
      state = followSpeaker(state, levels, nowMs);
    }
    return state.speaker;
  });
}

describe('follow the speaker', () => {
  test('F1 the first to speak is shown at once, and in silence stays', () => {
    expect(talk([[null, 1000]])).toEqual([null]);
    expect(
      talk([
        [BOB, 200],
        [null, 60_000],
      ]),
    ).toEqual([BOB, BOB]);
  });

  test('F2 somebody else is shown after speaking for more than a second, pauses of breath included', () => {
    const [, soon, later] = talk([
      [ADA, 5000],
      [BOB, 1100],
      [BOB, 300],
    ]);
    expect([soon, later]).toEqual([ADA, BOB]);
    const words: [SourceId | null, number][] = [1, 2, 3, 4].flatMap(() => [
      [BOB, 300],
      [null, 300],
    ]);
    expect(talk([[ADA, 5000], ...words]).at(-1)).toBe(BOB);
  });

  test('F3 a laugh, a cough and a "yes" turn nothing', () => {
    const turns: [SourceId | null, number][] = [1, 2, 3].flatMap(() => [
      [BOB, 700],
      [ADA, 400],
      [CLEO, 700],
      [null, 600],
    ]);
    expect(new Set(talk([[ADA, 5000], ...turns]))).toEqual(new Set([ADA]));
  });

  test('F4 the picture rests for three seconds on everybody', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(ADA, BOB, CLEO, null), fc.integer({ min: 1, max: 40 })), {
          maxLength: 60,
          size: 'max',
        }),
        (turns) => {
          const shown = talk(
            turns.flatMap(([who, ticks]) => Array.from({ length: ticks }, () => [who, TICK_MS])),
          );
          const changes = shown.flatMap((who, index) =>
            index > 0 && shown[index - 1] !== null && who !== shown[index - 1] ? [index * TICK_MS] : [],
          );
          changes.slice(1).forEach((at, index) => {
            expect(at - (changes[index] ?? 0)).toBeGreaterThanOrEqual(3000);
          });
        },
      ),
    );
  });

  test('F5 who leaves is not shown any more, the next to speak is shown at once', () => {
    const spoken = followSpeaker(NO_SPEAKER, new Map([[ADA, 0.6]]), 0);
    const left = followSpeaker(spoken, new Map([[BOB, 0.1]]), 100);
    expect(left.speaker).toBeNull();
    expect(followSpeaker(left, new Map([[BOB, 0.6]]), 200).speaker).toBe(BOB);
  });
});
