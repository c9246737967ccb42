/** One figure and the reference measured beside it in the same run. */
export interface Row {
  readonly what: string;
  readonly value: number;
  /** The worst of several trials whose median `value` is. */
  readonly worst?: number;
  readonly unit: 's' | 'ms' | 'core' | 'fps' | '%' | 'kB' | 'streams';
  readonly goal: string;
  readonly reference: string;
  readonly referenceValue: number | null;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const shown = (value: number | null): string =>
  value === null || Number.isNaN(value) ? '–' : value >= 100 ? value.toFixed(0) : value.toPrecision(3);

export function table(rows: readonly Row[]): string {
  const head =
    '| what | measured | goal | reference in the same run | reference |\n| --- | --- | --- | --- | --- |';
  const lines = rows.map(
    ({ what, value, worst, unit, goal, reference, referenceValue }) =>
      `| ${what} | ${shown(value)} ${unit}${worst === undefined ? '' : ` (worst ${shown(worst)})`} | ${goal} | ${reference} | ${shown(referenceValue)}${referenceValue === null ? '' : ` ${unit}`} |`,
  );
  return [head, ...lines].join('\n');
}
