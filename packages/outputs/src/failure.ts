import { type Culprit, type ErrorCode, errorCatalogue } from '@streamus/contracts';

/** Why an output could not go on. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly culprit: Culprit;
  /** The destination said no to this key, in so many words. */
  readonly rejected: boolean;
}

/** SPEC F1, F2. */
export function failure(code: ErrorCode): Failure {
  const { message, culprit } = errorCatalogue[code];
  return { code, message, culprit, rejected: code === 'target_rejected' };
}
