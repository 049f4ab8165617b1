import { ApiError } from '../api-error.ts';
import type { ProblemCode } from '../schemas.ts';

/** Whether the API refused the request for this reason. */
export function isRefusal(error: unknown, code: ProblemCode): boolean {
  return error instanceof ApiError && error.code === code;
}

/** `undefined` in place of the error that the server has no such message, or that no message can have such an id. */
export function undefinedIfUnknown(error: unknown): undefined {
  if (!(error instanceof ApiError) || (error.status !== 404 && error.status !== 422)) throw error;
}
