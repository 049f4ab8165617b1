/** What every call of DynamoDB needs: a deadline, and words for what may go wrong. */
import { Problem } from '@async-chatbot/shared/problem';

/** How long a call may take with all its attempts; between three that are throttled, the SDK waits up to 3 s. */
const DEADLINE_MS = 3000;

/** `end` may come sooner. */
export function deadline(end?: AbortSignal) {
  const own = AbortSignal.timeout(DEADLINE_MS);
  return { abortSignal: end ? AbortSignal.any([own, end]) : own };
}

/** What DynamoDB answered; undefined if a condition did not hold. */
export async function holds<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (nameOf(error) === 'ConditionalCheckFailedException') return undefined;
    throw error;
  }
}

/** Throws `service-unavailable` for everything but a failed condition and a request of ours that is wrong. */
export async function reached<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (['ConditionalCheckFailedException', 'ValidationException'].includes(nameOf(error))) throw error;
    throw new Problem('service-unavailable', { cause: error });
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');
