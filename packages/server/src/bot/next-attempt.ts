import type { PastTurn } from '@async-chatbot/core/ports/bot';
import { isPermanent, isTooLong, type ModelFailure } from './model-error.ts';
import { hasOptions, type ModelSupport, namesOutputLimit, supportAfter, withoutOptions } from './model-support.ts';

/** The parts of a request that change between attempts. */
export interface Attempt {
  support: ModelSupport;
  history: PastTurn[];
  /** Whether later requests use this support if the attempt succeeds. */
  isLearned: boolean;
  /** The delay before the attempt. */
  waitMs?: number;
  /** Whether this is the one retry after a temporary failure. */
  isRetry?: boolean;
}

/** Longer delays are not waited for but sent to the client as `Retry-After`. */
const MAX_WAIT_MS = 2000;
const DEFAULT_WAIT_MS = 1000;

/** The next attempt after one that failed without output; undefined if none would help. */
export function nextAttempt(failed: Attempt, failure: ModelFailure): Attempt | undefined {
  const { support, history, isRetry = false, isLearned } = failed;
  const next = { support, history, isRetry, isLearned };
  if (isTooLong(failure)) return shorter(next, failure);
  const reduced = mayBeCausedByRequest(failure) ? supportAfter(failure.text, support, isInvalid(failure)) : undefined;
  if (reduced) return learned(next, reduced);
  // A rejection that names no part of the request may still be caused by one.
  if (isInvalid(failure) && hasOptions(support)) return learned(next, withoutOptions(support));
  if (isInvalid(failure) && support.streaming) return learned(next, { ...support, streaming: false });
  const { retryAfterMs: waitMs = DEFAULT_WAIT_MS } = failure;
  return isPermanent(failure) || isRetry || waitMs > MAX_WAIT_MS ? undefined : { ...next, waitMs, isRetry: true };
}

const learned = (next: Attempt, support: ModelSupport): Attempt => ({ ...next, support, isLearned: true });

/**
 * Omits the output limit or the history. The context window includes the reply, so the output limit may be what exceeds it;
 * that does not apply to shorter conversations, so later requests send the limit again.
 */
function shorter(next: Attempt, { text }: ModelFailure): Attempt | undefined {
  const { support, history } = next;
  const isAboutReply = namesOutputLimit(text) || /completion|output/i.test(text);
  if (support.outputLimits.length > 0 && (isAboutReply || history.length === 0))
    return { ...next, support: { ...support, outputLimits: [] }, isLearned: false };
  return history.length > 0 ? { ...next, history: [] } : undefined;
}

const isInvalid = ({ status }: ModelFailure): boolean => status === 400 || status === 422;

/** Whether the request may have caused the failure: many servers use other statuses than 400, or report it in the stream. */
const mayBeCausedByRequest = ({ status }: ModelFailure): boolean =>
  status === undefined || ![401, 402, 408, 409, 429, 502, 503, 504].includes(status);
