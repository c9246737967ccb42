/** How many tiles each row has: rows differ by one at most, longer rows first. */
export function rowSizes(count: number, rows: number): number[] {
  const short = Math.floor(count / rows);
  const longRows = count % rows;
  return Array.from({ length: rows }, (_, row) => (row < longRows ? short + 1 : short));
}
