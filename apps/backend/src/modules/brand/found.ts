import { AppError } from '../../http/app-error.ts';

/** The row, or the answer that there is none. */
export function found<T>(row: T | null | undefined): T {
  if (row === null || row === undefined) throw new AppError('not_found');
  return row;
}
