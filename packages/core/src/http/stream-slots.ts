import { Problem } from '@async-chatbot/shared/problem';
import { rateLimitHeaders } from '@async-chatbot/shared/rate-limit-headers';

/** Concurrent streams per user and server. */
const MAX_STREAMS = 3;

const RETRY_SECONDS = 1;

/** Takes a stream slot for a user and returns a function that frees it. Throws `too-many-streams`. */
type StreamSlots = (userId: string) => () => void;

export function streamSlots(max = MAX_STREAMS): StreamSlots {
  const open = new Map<string, number>();

  return function take(userId) {
    const count = open.get(userId) ?? 0;
    if (count >= max) {
      const limit = {
        name: 'streams',
        quota: max,
        windowSeconds: RETRY_SECONDS,
        remaining: 0,
        resetSeconds: RETRY_SECONDS,
      };
      throw new Problem('too-many-streams', {
        headers: { ...rateLimitHeaders([limit]), 'Retry-After': `${RETRY_SECONDS}` },
      });
    }
    open.set(userId, count + 1);
    return function free() {
      const others = (open.get(userId) ?? 1) - 1;
      if (others > 0) open.set(userId, others);
      else open.delete(userId);
    };
  };
}
