import { sameJson } from '../lists.ts';
import type { Patch, UndoStep } from './history.ts';

/** A colour that is dragged through a picker comes every 200 ms; a second is a pause, even on a slow line. */
const JOIN_MS = 1000;

type FieldPatch = Extract<Patch, { kind: 'field' }>;

/**
 * The newest step and what was done next as one step, when that goes on with it: undo means the gesture, not its
 * hundred positions. It has no patches when everything is as before the gesture. Null: it is a step of its own. SPEC U9.
 */
export function joinSteps(newest: UndoStep, next: UndoStep): UndoStep | null {
  if (newest.atMs === null || next.atMs === null || newest.command !== next.command) return null;
  const pause = next.atMs - newest.atMs;
  if (pause < 0 || pause > JOIN_MS || newest.patches.length !== next.patches.length) return null;
  const patches: FieldPatch[] = [];
  for (const patch of next.patches) {
    const before = newest.patches.find((other) => isGoneOnWith(other, patch));
    if (before?.kind !== 'field' || patch.kind !== 'field') return null;
    patches.push({ ...patch, before: before.before });
  }
  return { ...next, patches: patches.filter(({ before, after }) => !sameJson(before, after)) };
}

/** The same value changed further, by degrees: nothing came between, and it is no choice between kinds of things. */
function isGoneOnWith(before: Patch, next: Patch): boolean {
  return (
    before.kind === 'field' &&
    next.kind === 'field' &&
    next.path[0] !== 'programme' &&
    sameJson(before.path, next.path) &&
    sameJson(before.after, next.before) &&
    differsByDegree(next.before, next.after)
  );
}

/** Whether nothing but numbers and colours differs. */
function differsByDegree(a: unknown, b: unknown): boolean {
  if (sameJson(a, b) || (isDegree(a) && typeof a === typeof b && isDegree(b))) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    left.size === right.size &&
    [...left].every(([key, value]) => right.has(key) && differsByDegree(value, right.get(key)))
  );
}

function isDegree(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /^#[0-9a-f]{6}$/.test(value));
}
