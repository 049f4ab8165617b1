/** Errors as clients see them. */
import type { components } from '@async-chatbot/api-spec';
import { type ProblemCode, problems } from './problems.ts';

export type ValidationError = components['schemas']['Fault'];
type ProblemDocument = components['schemas']['Problem'];

interface ProblemOptions {
  detail?: string | undefined;
  errors?: ValidationError[];
  headers?: Record<string, string>;
  /** For the log alone; it never leaves the server. */
  cause?: unknown;
}

/** The only error that a server of the API throws on purpose. */
export class Problem extends Error {
  override name = 'Problem';
  readonly code: ProblemCode;
  readonly status: number;
  readonly errors: ValidationError[] | undefined;
  readonly headers: Record<string, string>;

  constructor(code: ProblemCode, { detail, errors, headers, cause }: ProblemOptions = {}) {
    super(detail ?? problems[code].detail, { cause });
    this.code = code;
    this.status = problems[code].status;
    this.errors = errors;
    this.headers = { ...headersOf(this.status), ...headers };
  }

  /** The document of RFC 9457 for the request of this id. */
  toDocument(requestId: string): ProblemDocument {
    return {
      type: `/problems#${this.code}`,
      title: problems[this.code].title,
      status: this.status,
      detail: this.message,
      instance: `urn:uuid:${requestId}`,
      code: this.code,
      request_id: requestId,
      ...(this.errors && { errors: this.errors }),
    };
  }
}

/** The headers that RFC 9110 requires with this status. */
function headersOf(status: number): Record<string, string> {
  if (status === 401) return { 'WWW-Authenticate': 'Bearer realm="async-chatbot"' };
  if (status === 503) return { 'Retry-After': '2' };
  return {};
}

/** Turns anything that was thrown into a `Problem`; an unexpected error becomes `internal-error`. */
export const toProblem = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem('internal-error', { cause: error });
