/** What every request to DynamoDB needs: a deadline, and Problems for what may fail. */
import { Problem } from '@async-chatbot/shared/problem';

/** For all attempts of a request together; between three throttled attempts the SDK waits up to 3 s. */
const DEADLINE_MS = 3000;

/** `end` may abort the request sooner. */
export function deadline(end?: AbortSignal) {
  const own = AbortSignal.timeout(DEADLINE_MS);
  return { abortSignal: end ? AbortSignal.any([own, end]) : own };
}

/** The response; undefined if the request's condition failed. */
export async function unlessConditionFails<Response>(response: Promise<Response>): Promise<Response | undefined> {
  try {
    return await response;
  } catch (error) {
    if (nameOf(error) === 'ConditionalCheckFailedException') return undefined;
    throw error;
  }
}

/** Throws `service-unavailable` for everything but a failed condition and a request that is our bug. */
export async function translateErrors<Response>(response: Promise<Response>): Promise<Response> {
  try {
    return await response;
  } catch (error) {
    if (['ConditionalCheckFailedException', 'ValidationException'].includes(nameOf(error))) throw error;
    throw new Problem('service-unavailable', { cause: error });
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');
