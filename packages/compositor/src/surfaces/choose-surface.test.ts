import { expect, test } from 'vitest';
import {
  bestSurface,
  contenders,
  FRAMES_EACH,
  isOver,
  noteTime,
  startTrial,
  type Trial,
  WARM_UP,
  withoutSurface,
} from './choose-surface.ts';
import type { SurfaceKind } from './surface.ts';

/** Paints until every surface is timed; says who painted, and what came out. */
function run(trial: Trial, times: Readonly<Record<SurfaceKind, number>>) {
  const painted: SurfaceKind[] = [];
  let now = trial;
  for (;;) {
    const [kind] = now.queue;
    if (kind === undefined) return { painted, measured: now.measured, best: bestSurface(now.measured) };
    painted.push(kind);
    now = noteTime(now, times[kind]);
  }
}

const count = (painted: readonly SurfaceKind[], kind: SurfaceKind) =>
  painted.filter((each) => each === kind).length;

test('each surface paints its share of sixty frames, and the fastest is chosen', () => {
  const { painted, best } = run(startTrial(['canvas', 'i420', 'webgl2']), {
    ...{ canvas: 14, i420: 12, webgl2: 9 },
  });
  expect(painted.length).toBe(60);
  expect(best).toBe('webgl2');
});

test('a surface without hope is let go after a few frames', () => {
  const { painted, best } = run(startTrial(['i420', 'webgl2', 'canvas']), {
    ...{ i420: 5, webgl2: 600, canvas: 9 },
  });
  expect(count(painted, 'webgl2')).toBe(WARM_UP + 3);
  expect(count(painted, 'canvas')).toBe(FRAMES_EACH);
  expect(best).toBe('i420');
});

test('the first pictures of a surface do not count', () => {
  let trial = startTrial(['i420', 'canvas']);
  for (let n = 0; n < FRAMES_EACH; n += 1) trial = noteTime(trial, n < WARM_UP ? 500 : 4);
  expect(trial.measured).toEqual([{ kind: 'i420', p50Ms: 4, p95Ms: 4 }]);
});

test('among equals the processor is preferred, and the graphics card to the canvas', () => {
  const even = (kind: SurfaceKind, p50Ms: number) => ({ kind, p50Ms, p95Ms: p50Ms });
  expect(bestSurface([even('canvas', 3), even('webgl2', 3.2), even('i420', 3.9)])).toBe('i420');
  expect(bestSurface([even('canvas', 3), even('webgl2', 3.2), even('i420', 4.1)])).toBe('webgl2');
  expect(bestSurface([even('canvas', 30), even('i420', 35)])).toBe('i420');
  expect(bestSurface([])).toBeNull();
});

test('a surface that fails in its trial is left out, and the next one begins anew', () => {
  const begun = noteTime(startTrial(['webgl2', 'canvas']), 3);
  const after = withoutSurface(begun, 'webgl2');
  expect(after).toEqual({ queue: ['canvas'], times: [], measured: [] });
  expect(isOver(withoutSurface(after, 'canvas'))).toBe(true);
});

test('a surface that fails after its trial is not chosen', () => {
  const { measured } = run(startTrial(['i420', 'canvas']), { i420: 2, canvas: 9, webgl2: 0 });
  const left = withoutSurface({ queue: [], times: [], measured }, 'i420');
  expect(bestSurface(left.measured)).toBe('canvas');
});

test('with more to paint, only those are timed again that were near', () => {
  const even = (kind: SurfaceKind, p50Ms: number) => ({ kind, p50Ms, p95Ms: p50Ms });
  expect(contenders([even('canvas', 12), even('webgl2', 3), even('i420', 1.6)])).toEqual(['i420', 'webgl2']);
  expect(contenders([])).toEqual([]);
});
