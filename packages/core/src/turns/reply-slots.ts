import { Problem } from '@async-chatbot/shared/problem';
import { rateLimitHeaders } from '@async-chatbot/shared/rate-limit-headers';
import { type Slots, slots } from '../slots.ts';

/** How many replies one process generates at the same time. */
export interface ReplySlotLimits {
  perUser: number;
  total: number;
}

export const REPLY_LIMITS: ReplySlotLimits = { perUser: 3, total: 200 };

const RETRY_SECONDS = 1;
const RETRY_AFTER = { 'Retry-After': `${RETRY_SECONDS}` };

/** Takes a slot for a user's reply and returns a function that frees it. Throws `too-many-replies` or `service-unavailable`. */
export type ReplySlots = (userId: string) => () => void;

export function replySlots(limits: ReplySlotLimits): ReplySlots {
  const { take }: Slots = slots(limits);

  return function takeReplySlot(userId) {
    const free = take(userId);
    if (typeof free === 'function') return free;
    if (free === 'user') throw new Problem('too-many-replies', { headers: { ...exhausted(limits), ...RETRY_AFTER } });
    const detail = 'The server is writing as many replies as it can. Retry soon.';
    throw new Problem('service-unavailable', { detail, headers: RETRY_AFTER });
  };
}

const exhausted = ({ perUser }: ReplySlotLimits) =>
  rateLimitHeaders([
    { name: 'replies', quota: perUser, windowSeconds: RETRY_SECONDS, remaining: 0, resetSeconds: RETRY_SECONDS },
  ]);
