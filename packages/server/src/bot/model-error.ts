import { APICallError } from '@ai-sdk/provider';
import { Problem } from '@async-chatbot/shared/problem';
import type { ProblemCode } from '@async-chatbot/shared/problems';
import { StreamError } from './model-request.ts';

/** Why a request to a model failed. */
export interface ModelFailure {
  /** For the log, such as `HTTP 429`, `ECONNREFUSED` or `empty`; never text of a user or a model. */
  reason: string;
  status?: number | undefined;
  /** The provider's error code, if it is an identifier. */
  providerCode?: string | undefined;
  /** The provider's error message. It may quote the conversation, so it is neither logged nor sent. */
  text: string;
  /** The provider's `Retry-After`. */
  retryAfterMs?: number | undefined;
}

/** The model sent no complete reply. A problem for the client, with a reason for the log. */
export class ModelError extends Problem {
  override name = 'ModelError';
  readonly reason: string;
  readonly providerStatus: number | undefined;
  readonly providerCode: string | undefined;

  constructor(failure: ModelFailure) {
    const { reason, status, providerCode, retryAfterMs } = failure;
    const code = problemOf(failure);
    const hasRetryAfter = code === 'bot-unavailable' && retryAfterMs !== undefined;
    super(code, hasRetryAfter ? { headers: { 'Retry-After': `${Math.max(1, Math.ceil(retryAfterMs / 1000))}` } } : {});
    this.reason = reason;
    this.providerStatus = status;
    this.providerCode = providerCode;
  }
}

function problemOf(failure: ModelFailure): ProblemCode {
  if (isTooLong(failure)) return 'message-too-long';
  return isPermanent(failure) ? 'bot-misconfigured' : 'bot-unavailable';
}

/** Converts an error of the AI SDK, of `fetch`, or one that the provider sent within a stream. */
export function failureOf(error: unknown): ModelFailure {
  if (!(error instanceof Error)) return { reason: 'unknown', text: '' };
  if (error instanceof StreamError && error.cause !== undefined && !(error.cause instanceof Error))
    return streamedFailure(error.cause);
  const call = causesOf(error).find((cause) => APICallError.isInstance(cause));
  const { statusCode: status, responseBody: text = '', responseHeaders = {} } = call ?? {};
  if (status !== undefined && status >= 300) {
    const providerCode = codeIn(parse(text));
    return { reason: `HTTP ${status}`, status, providerCode, text, retryAfterMs: retryAfterMsOf(responseHeaders) };
  }
  // The Bedrock provider keeps only the message of the AWS SDK's error.
  if (error.message.startsWith('AWS credential provider failed')) return { reason: NO_CREDENTIALS, text: '' };
  return { reason: causesOf(error).map(codeOf).find(Boolean) ?? error.name, text: '' };
}

/** Whether a retry of the same request would fail too. */
export function isPermanent({ status, providerCode, reason }: ModelFailure): boolean {
  if (providerCode === 'insufficient_quota' || reason === NO_CREDENTIALS) return true;
  if (status === undefined) return reason === NOT_A_MODEL;
  return status < 500 ? ![408, 409, 424, 425, 429].includes(status) : status === 501;
}

const NO_CREDENTIALS = 'no AWS credentials';

/** The reason for a response that is neither a JSON completion nor an event stream. */
export const NOT_A_MODEL = 'not a chat completion';

/** Whether the provider rejected the prompt with a content filter, as Azure does. */
export const isFiltered = ({ providerCode }: ModelFailure): boolean => providerCode === 'content_filter';

/** Whether the prompt exceeds the model's context window, for which providers have no common code. */
export const isTooLong = ({ status, providerCode, text }: ModelFailure): boolean =>
  status === 413 ||
  ((status === undefined || [400, 422, 500].includes(status)) &&
    (providerCode === 'context_length_exceeded' || TOO_LONG.test(text)));

const TOO_LONG = new RegExp(
  [
    'context[ _-]?(length|size|window|limit)',
    '(prompt|input|messages?) (is |are |was )?too (long|large)',
    'too many (input )?tokens',
    'token (count|limit)[^.]{0,80}exceed',
    'exceed(s|ed)? (the )?(maximum|max|model|limit|available|allowed)[^.]{0,80}(token|context|length)',
    'maximum (number of )?(input )?(tokens|context|prompt length)',
    'less than [0-9]+ tokens',
    'range of input length',
    'max_new_tokens[^.]{0,40}<=',
    'reduce the length',
  ].join('|'),
  'i',
);

/** Converts an error that a provider sent in place of a delta, as an object or a string. */
function streamedFailure(error: unknown): ModelFailure {
  const providerCode = codeIn({ error });
  const { code, status: named }: { code?: unknown; status?: unknown } = Object(error);
  const status = [code, named].map(Number).find((number) => number >= 400 && number < 600);
  return { reason: 'error in the stream', status, providerCode, text: JSON.stringify(error) ?? '' };
}

/** An error and its causes, outermost first. */
function causesOf(error: Error, depth = 0): Error[] {
  return [error, ...(error.cause instanceof Error && depth < 10 ? causesOf(error.cause, depth + 1) : [])];
}

/** An error code of Node.js or `fetch`. Codes of AI SDK errors come from the provider. */
function codeOf({ name, code }: Error & { code?: unknown }): string | undefined {
  return typeof code === 'string' && !name.startsWith('AI_') ? code : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The error code in a body, if it is an identifier; anything else might quote the conversation. */
function codeIn(body: unknown): string | undefined {
  // The cast: all properties are optional, and their values are checked.
  const { error, code: outer, type: outerType } = (body ?? {}) as { error?: unknown; code?: unknown; type?: unknown };
  const { code, type } = Object(error) as { code?: unknown; type?: unknown };
  const found = [code, type, outer, outerType].find(
    (value) => typeof value === 'string' && /^\w[\w.:-]{0,63}$/.test(value),
  );
  return found as string | undefined;
}

/** `Retry-After` in seconds or as a date, or `Retry-After-Ms`, which some providers send; a day at most. */
function retryAfterMsOf(headers: Record<string, string>): number | undefined {
  const { 'retry-after-ms': ms = '', 'retry-after': after = '' } = headers;
  const waitMs = isDecimal(ms) ? Number(ms) : isDecimal(after) ? Number(after) * 1000 : Date.parse(after) - Date.now();
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), 86_400_000);
}

const isDecimal = (text: string): boolean => /^[0-9]{1,12}(\.[0-9]+)?$/.test(text);
