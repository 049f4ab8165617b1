import { ApiError } from '../errors/api-error.ts';
import type { ProblemCode } from '../schemas.ts';

/** Whether the API refused the request for this reason. */
export function isRefusal(error: unknown, code: ProblemCode): boolean {
  return error instanceof ApiError && error.code === code;
}

/** Turns the errors of an unknown or impossible message id into `undefined`. */
export function undefinedIfUnknown(error: unknown): undefined {
  if (!(error instanceof ApiError) || (error.status !== 404 && error.status !== 422)) throw error;
}
