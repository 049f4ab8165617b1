import { Problem } from '@async-chatbot/shared/problem';
import { slotHeaders, slots } from '../slots.ts';

/** How many replies one process generates at the same time. */
export interface ReplySlotLimits {
  perUser: number;
  total: number;
}

export const REPLY_LIMITS: ReplySlotLimits = { perUser: 3, total: 200 };

/** Takes a slot for a user's reply and returns a function that frees it. Throws `too-many-replies` or `service-unavailable`. */
export type ReplySlots = (userId: string) => () => void;

export function replySlots(limits: ReplySlotLimits): ReplySlots {
  const { take } = slots(limits);

  return function takeReplySlot(userId) {
    const free = take(userId);
    if (typeof free === 'function') return free;
    if (free === 'user') throw new Problem('too-many-replies', { headers: slotHeaders('replies', limits.perUser) });
    const detail = 'The server has reached its limit of replies in progress. Retry soon.';
    throw new Problem('service-unavailable', { detail, headers: { 'Retry-After': '1' } });
  };
}
