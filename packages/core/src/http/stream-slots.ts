import { Problem } from '@async-chatbot/shared/problem';
import { rateLimitHeaders } from '@async-chatbot/shared/rate-limit-headers';

/** How many streams one user may follow at once at one server. */
const MOST = 3;

/** In how many seconds to try again. */
const RETRY_SECONDS = 1;

/** Takes a slot for a stream of the user's and returns what frees it. Throws `too-many-streams`. */
export type StreamSlots = (userId: string) => () => void;

export function streamSlots(most = MOST): StreamSlots {
  const open = new Map<string, number>();

  return function take(userId) {
    const count = open.get(userId) ?? 0;
    if (count >= most) {
      const budget = {
        name: 'streams',
        quota: most,
        windowSeconds: RETRY_SECONDS,
        left: 0,
        resetSeconds: RETRY_SECONDS,
      };
      throw new Problem('too-many-streams', {
        headers: { ...rateLimitHeaders([budget]), 'Retry-After': `${RETRY_SECONDS}` },
      });
    }
    open.set(userId, count + 1);
    return function free() {
      const left = (open.get(userId) ?? 1) - 1;
      if (left > 0) open.set(userId, left);
      else open.delete(userId);
    };
  };
}
