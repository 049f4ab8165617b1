import type { Problem } from '@async-chatbot/shared/problem';
import type { Outcome } from './error-map.ts';

/** The outcome of a request to the identity port. */
export const outcomeOf = (request: Promise<unknown>): Promise<Outcome> =>
  request.then(
    () => 'success' as const,
    ({ code }: Problem) => code,
  );
