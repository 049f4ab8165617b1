/** The model gave no answer, or not all of it. Neither message nor code quotes what anybody said. */
export class ModelError extends Error {
  override name = 'ModelError';
  /** Why, such as `HTTP 429`, `ECONNREFUSED` or `empty`. */
  readonly code: string;

  constructor(code: string) {
    super(`No answer from the model: ${code}`);
    this.code = code;
  }
}

/** Errors of the AI SDK hold the conversation and what the model's server said, so nothing but the reason is kept. */
export function toModelError(error: unknown): ModelError {
  if (error instanceof ModelError) return error;
  // What a server sends in place of an answer is an object or a text of its own.
  if (!(error instanceof Error)) return new ModelError('error in the stream');
  const reasons = causesOf(error).map(reasonOf);
  return new ModelError(reasons.find((reason) => reason !== undefined) ?? error.name);
}

/** The AI SDK's errors, Node's and `fetch`'s, as far as they tell more than their name. */
type ForeignError = Error & { lastError?: unknown; statusCode?: unknown; code?: unknown };

/** From the outermost inwards; after attempts that failed alike, the last of them. */
function causesOf(error: ForeignError, depth = 0): ForeignError[] {
  const inner = error.lastError ?? error.cause;
  return [error, ...(inner instanceof Error && depth < 10 ? causesOf(inner, depth + 1) : [])];
}

function reasonOf({ name, statusCode, code }: ForeignError): string | undefined {
  if (typeof statusCode === 'number' && statusCode >= 400) return `HTTP ${statusCode}`;
  // A code of an error of the AI SDK is in the words of the model's server.
  return typeof code === 'string' && !name.startsWith('AI_') ? code : undefined;
}
