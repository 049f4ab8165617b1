import { Problem } from '@async-chatbot/shared/problem';
import type { LockKey, TurnStore } from '../ports/turn-store.ts';
import type { Reservation, Usage } from '../usage.ts';
import type { ReplySlots } from './reply-slots.ts';
import { complete, type RequestScope, release } from './request-scope.ts';

export interface AdmissionDeps {
  usage: Usage;
  store: TurnStore;
  takeReplySlot: ReplySlots;
  scope: RequestScope;
  /** Whether to allow only one generation at a time in a conversation, as a bot that reads the history needs. */
  oneReplyAtATime: boolean;
}

interface AdmissionOptions {
  leaseMs: number;
  /** Whether the reply needs no generation, and so no slot. */
  isInstant: boolean;
}

/** What a reply holds until its generation ends. */
export interface Admission {
  lock: LockKey | undefined;
  reservation: Reservation | undefined;
  freeSlot: (() => void) | undefined;
}

/**
 * Takes a slot, the conversation lock and the quota of a reply, and calls `start`, which starts its generation. If it throws
 * or resolves to undefined, or the client disconnects first, releases all three. Throws `too-many-replies`,
 * `reply-in-progress` or `quota-exceeded`.
 */
export async function admit<T extends object | undefined>(
  { conversation, holder }: LockKey,
  { usage, store, takeReplySlot, scope, oneReplyAtATime }: AdmissionDeps,
  { leaseMs, isInstant }: AdmissionOptions,
  start: (admission: Admission) => Promise<T>,
): Promise<T> {
  const { userId } = conversation;
  const freeSlot = isInstant ? undefined : takeReplySlot(userId);
  let reservation: Reservation | undefined;
  let started: T | undefined;
  const lock = { conversation, holder };
  // Also if the lock was taken and only the response was lost.
  let mayHoldLock = oneReplyAtATime;
  try {
    // The lock first, so that a send that must wait for another reply uses no quota.
    if (oneReplyAtATime) mayHoldLock = await complete(scope, () => store.lock(lock, leaseMs));
    if (oneReplyAtATime && !mayHoldLock) throw replyInProgress();
    reservation = await complete(scope, () => usage.reserve(userId, { usesTokens: !isInstant }));
    started = await start({ lock: oneReplyAtATime ? lock : undefined, reservation, freeSlot });
    return started;
  } finally {
    if (!started) {
      freeSlot?.();
      // A lock that cannot be released expires.
      const unlock = () => mayHoldLock && store.unlock(lock).catch(() => undefined);
      await release(scope, () => Promise.all([reservation?.cancel(), unlock()]));
    }
  }
}

export const replyInProgress = (retrySeconds = 1): Problem =>
  new Problem('reply-in-progress', { headers: { 'Retry-After': `${retrySeconds}` } });
