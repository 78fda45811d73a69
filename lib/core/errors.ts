export type ErrorCode =
  | 'not_found'
  | 'forbidden'
  | 'unauthenticated'
  | 'conflict'
  | 'invalid'
  | 'precondition'
  | 'unavailable'
  | 'rate_limited'
  | 'gone'
  | 'too_large'
  | 'unprocessable';

/** HTTP status of each code (RFC 9110); the only such table. */
export const HTTP_STATUS: Record<ErrorCode, number> = {
  not_found: 404,
  forbidden: 403,
  unauthenticated: 401,
  conflict: 409,
  invalid: 400,
  precondition: 412,
  unavailable: 503,
  rate_limited: 429,
  gone: 410,
  too_large: 413,
  unprocessable: 422,
};

export interface ErrorDetails {
  /** Message per form field, dotted path as key. */
  fields?: Record<string, string>;
  [key: string]: unknown;
}

/** An error whose message a user may read: what went wrong, where, and what to do. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}

/** True also for the other copy of this class that Next's bundle holds. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === 'AppError' && 'code' in error;
}

export const notFound = (what: string, details?: ErrorDetails) =>
  new AppError('not_found', `${what} does not exist, or you may not see it.`, details);
export const forbidden = (message: string, details?: ErrorDetails) =>
  new AppError('forbidden', message, details);
export const conflict = (message: string, details?: ErrorDetails) =>
  new AppError('conflict', message, details);
export const invalid = (message: string, fields?: Record<string, string>) =>
  new AppError('invalid', message, fields ? { fields } : {});
export const precondition = (message: string, details?: ErrorDetails) =>
  new AppError('precondition', message, details);
export const unavailable = (message: string, details?: ErrorDetails) =>
  new AppError('unavailable', message, details);
