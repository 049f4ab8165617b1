import type { PastTurn } from './bot.ts';
import { isPermanent, isTooLong, type ModelFailure } from './model-error.ts';
import { MINIMAL, type ModelSupport, supportAfter } from './model-support.ts';

/** What a request to the model consists of, beside the system prompt and the user message. */
export interface Attempt {
  support: ModelSupport;
  history: PastTurn[];
  /** How long to wait before it. */
  waitMs?: number;
  /** A failure that may pass is retried once. */
  isRetry?: boolean | undefined;
}

/** A provider that asks to wait longer is not waited for; the client is told to. */
const MAX_WAIT_MS = 2000;
const USUAL_WAIT_MS = 1000;

/** The request to make after a failed one, before which no text was received; undefined if none would help. */
export function nextAttempt({ support, history, isRetry }: Attempt, failure: ModelFailure): Attempt | undefined {
  const common = { support, history, isRetry };
  if (isTooLong(failure) && history.length > 0) return { ...common, history: [] };
  const reduced = isRefusal(failure) ? supportAfter(failure.text, support) : undefined;
  if (reduced) return { ...common, support: reduced };
  if (isTooLong(failure)) return undefined;
  // A refusal that names no part of the request may still be about one.
  const isMinimal = support.outputLimits.length === 0 && !support.streamUsage && !support.systemRole;
  if (isInvalid(failure) && !isMinimal) return { ...common, support: { ...support, ...MINIMAL } };
  const { retryAfterMs: waitMs = USUAL_WAIT_MS } = failure;
  return isPermanent(failure) || isRetry || waitMs > MAX_WAIT_MS ? undefined : { ...common, waitMs, isRetry: true };
}

const isInvalid = ({ status }: ModelFailure): boolean => status === 400 || status === 422;

/** Servers of open models answer 500, or an error in the stream, when their chat template refuses the roles. */
const isRefusal = (failure: ModelFailure): boolean =>
  isInvalid(failure) ||
  failure.status === 501 ||
  ((failure.status === undefined || failure.status === 500) && /\bjinja\b|alternat|chat template/i.test(failure.text));
