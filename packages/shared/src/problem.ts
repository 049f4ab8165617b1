import type { components } from '@async-chatbot/api-spec';
import { type ProblemCode, problems } from './problems.ts';

export type ValidationError = components['schemas']['Fault'];
type ProblemDocument = components['schemas']['Problem'];

interface ProblemOptions {
  detail?: string | undefined;
  errors?: ValidationError[];
  headers?: Record<string, string>;
  /** For the log only; it is never sent. */
  cause?: unknown;
}

/** An error for the client. All other errors become `internal-error`. */
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

  /** The problem document (RFC 9457) for the request with this id. */
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

/** `WWW-Authenticate`, which RFC 9110 requires with a 401, and `Retry-After` for a 503. */
function headersOf(status: number): Record<string, string> {
  if (status === 401) return { 'WWW-Authenticate': 'Bearer realm="async-chatbot"' };
  if (status === 503) return { 'Retry-After': '2' };
  return {};
}

/** Converts a thrown value to a `Problem`; anything else becomes `internal-error`. */
export const toProblem = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem('internal-error', { cause: error });
