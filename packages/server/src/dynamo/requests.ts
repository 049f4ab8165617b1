import { Problem } from '@async-chatbot/shared/problem';

/** For all attempts of a request together. The SDK waits up to 3 s in total between three throttled attempts. */
const DEADLINE_MS = 3000;

/** Options for a request with a deadline. `end` can abort it earlier. */
export function deadline(end?: AbortSignal) {
  const own = AbortSignal.timeout(DEADLINE_MS);
  return { abortSignal: end ? AbortSignal.any([own, end]) : own };
}

/** Resolves to the response, or to undefined if the request's condition failed. */
export async function unlessConditionFails<Response>(response: Promise<Response>): Promise<Response | undefined> {
  try {
    return await response;
  } catch (error) {
    if (nameOf(error) === 'ConditionalCheckFailedException') return undefined;
    throw error;
  }
}

/** Throws `service-unavailable`, except for a failed condition and for an invalid request, which is a bug. */
export async function translateErrors<Response>(response: Promise<Response>): Promise<Response> {
  try {
    return await response;
  } catch (error) {
    if (['ConditionalCheckFailedException', 'ValidationException'].includes(nameOf(error))) throw error;
    throw new Problem('service-unavailable', { cause: error });
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');
