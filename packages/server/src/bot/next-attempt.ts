import type { PastTurn } from '@async-chatbot/core/ports/bot';
import { isPermanent, isTooLong, type ModelFailure } from './model-error.ts';
import { hasOptions, type ModelSupport, namesOutputLimit, supportAfter, withoutOptions } from './model-support.ts';

/** What a request to the model consists of, beside the system prompt and the user message. */
export interface Attempt {
  support: ModelSupport;
  history: PastTurn[];
  /** Whether later requests keep to this support if it is accepted. */
  isLearned: boolean;
  /** How long to wait before it. */
  waitMs?: number;
  /** A failure that may pass is retried once. */
  isRetry?: boolean;
}

/** Longer waits are passed to the client as `Retry-After`. */
const MAX_WAIT_MS = 2000;
const DEFAULT_WAIT_MS = 1000;

/** The request to make after a failed one that produced no output; undefined if none would help. */
export function nextAttempt(failed: Attempt, failure: ModelFailure): Attempt | undefined {
  const { support, history, isRetry = false, isLearned } = failed;
  const next = { support, history, isRetry, isLearned };
  if (isTooLong(failure)) return shorter(next, failure);
  const reduced = isOfRequest(failure) ? supportAfter(failure.text, support, isInvalid(failure)) : undefined;
  if (reduced) return learned(next, reduced);
  // A refusal that names no part of the request may still be about one.
  if (isInvalid(failure) && hasOptions(support)) return learned(next, withoutOptions(support));
  if (isInvalid(failure) && support.streaming) return learned(next, { ...support, streaming: false });
  const { retryAfterMs: waitMs = DEFAULT_WAIT_MS } = failure;
  return isPermanent(failure) || isRetry || waitMs > MAX_WAIT_MS ? undefined : { ...next, waitMs, isRetry: true };
}

const learned = (next: Attempt, support: ModelSupport): Attempt => ({ ...next, support, isLearned: true });

/**
 * The context holds the reply too, so an output limit may be what is too long. That says nothing about shorter
 * conversations, so later requests send it again.
 */
function shorter(next: Attempt, { text }: ModelFailure): Attempt | undefined {
  const { support, history } = next;
  const isAboutReply = namesOutputLimit(text) || /completion|output/i.test(text);
  if (support.outputLimits.length > 0 && (isAboutReply || history.length === 0))
    return { ...next, support: { ...support, outputLimits: [] }, isLearned: false };
  return history.length > 0 ? { ...next, history: [] } : undefined;
}

const isInvalid = ({ status }: ModelFailure): boolean => status === 400 || status === 422;

/** Many servers answer a refusal with another status than 400, or within their stream. */
const isOfRequest = ({ status }: ModelFailure): boolean =>
  status === undefined || ![401, 402, 408, 409, 429, 502, 503, 504].includes(status);
