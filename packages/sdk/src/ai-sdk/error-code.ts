import { ApiError } from '../errors/api-error.ts';
import type { ProblemCode } from '../schemas.ts';

/** Returns whether an error is an `ApiError` with this code. */
export function hasCode(error: unknown, code: ProblemCode): boolean {
  return error instanceof ApiError && error.code === code;
}

/** Handles the errors of an unknown (404) or malformed (422) message id, and throws all others. For use in `catch`. */
export function undefinedIfNotFound(error: unknown): undefined {
  if (!(error instanceof ApiError) || (error.status !== 404 && error.status !== 422)) throw error;
}
