import type { ErrorCode } from '@streamus/contracts';

/** A failure the caller is told about, by its code in the catalogue. `fields` names inputs at fault. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields: Record<string, string> | undefined;

  constructor(code: ErrorCode, fields?: Record<string, string>) {
    super(code);
    this.code = code;
    this.fields = fields;
  }
}
