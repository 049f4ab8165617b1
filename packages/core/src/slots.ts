import { rateLimitHeaders } from '@async-chatbot/shared/rate-limit-headers';

/** Limits how many slots each user, and all users together, may hold at once. */
interface Slots {
  /** Takes a slot and returns a function that frees it, or says which limit is reached. */
  take(userId: string): (() => void) | 'user' | 'total';
}

const RETRY_SECONDS = 1;

/** The headers of a 429 for a user who holds as many slots as allowed. */
export const slotHeaders = (name: string, quota: number): Record<string, string> => ({
  ...rateLimitHeaders([{ name, quota, windowSeconds: RETRY_SECONDS, remaining: 0, resetSeconds: RETRY_SECONDS }]),
  'Retry-After': `${RETRY_SECONDS}`,
});

export function slots({ perUser, total = Number.POSITIVE_INFINITY }: { perUser: number; total?: number }): Slots {
  const held = new Map<string, number>();
  let count = 0;

  return {
    take(userId) {
      const own = held.get(userId) ?? 0;
      if (own >= perUser) return 'user';
      if (count >= total) return 'total';
      held.set(userId, own + 1);
      count += 1;
      let isFree = false;

      return function free() {
        if (isFree) return;
        isFree = true;
        count -= 1;
        const others = (held.get(userId) ?? 1) - 1;
        if (others > 0) held.set(userId, others);
        else held.delete(userId);
      };
    },
  };
}
