import { ApiError } from './api-error.ts';
import type { Problem } from './schemas.ts';

/** The body of a success; whatever is not one is thrown as an `ApiError`. */
export function readAnswer(response: Response, text: string): unknown {
  const body = parseJson(text);
  if (response.ok && (body !== undefined || response.status === 204)) return body;
  const problem = isProblem(response, body) ? body : undefined;
  throw new ApiError(response.status, problem, response.headers.get('x-request-id') ?? problem?.request_id);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Gateways answer problems too; the `code` tells ours. */
function isProblem({ headers }: Response, body: unknown): body is Problem {
  const isMediaType = headers.get('content-type')?.startsWith('application/problem+json') ?? false;
  return isMediaType && typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string';
}
