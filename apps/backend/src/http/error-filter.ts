import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import { type ErrorCode, errorBody, errorCatalogue } from '@streamus/contracts';
import { sqlState } from '@streamus/db';
import type { Logger } from '@streamus/platform';
import type { Request, Response } from 'express';
import { LOGGER } from '../config.ts';
import { AppError } from './app-error.ts';

/** Network errors of a lost or restarting database. */
const lostConnection = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

/** Code of the catalogue an error ends as; everything unknown is our fault. */
export function errorCodeOf(error: unknown): ErrorCode {
  if (error instanceof AppError) return error.code;
  if (error instanceof HttpException && error.getStatus() === 404) return 'not_found';
  if (isDatabaseLoss(error)) return 'database_unavailable';
  return 'internal';
}

function isDatabaseLoss(error: unknown): boolean {
  const state = sqlState(error);
  // Class 08: connection exception; 57P0x: the server is shutting down or starting.
  if (state !== null) return state.startsWith('08') || state.startsWith('57P');
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string' && lostConnection.has(error.code)) return true;
  return /Connection terminated|timeout exceeded when trying to connect/.test(error.message);
}

/** Turns whatever a handler throws into the catalogue's body; our own faults are logged with their cause. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const code = errorCodeOf(error);
    if (errorCatalogue[code].culprit === 'us') {
      this.logger.error({ err: error, method: request.method, path: request.path }, 'call failed');
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (code === 'body_too_large') response.setHeader('connection', 'close');
    response
      .status(errorCatalogue[code].status)
      .json(errorBody(code, error instanceof AppError ? error.fields : undefined));
  }
}
