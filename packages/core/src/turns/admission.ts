import { Problem } from '@async-chatbot/shared/problem';
import type { ReplyKey, TurnStore } from '../ports/turn-store.ts';
import type { Reservation, Usage } from '../usage.ts';

/** The quota and lock taken for a reply whose generation has not started. */
interface Admission {
  reservation: Reservation | undefined;
  /** Releases both if the bot is not started. Never rejects. */
  release(): Promise<void>;
}

export interface AdmissionDeps {
  usage: Usage;
  store: TurnStore;
  /** Whether to allow only one generation at a time in a conversation, as a bot that reads the history needs. */
  oneReplyAtATime: boolean;
}

/** Takes the quota and the conversation lock, or neither. Throws `quota-exceeded` or `reply-in-progress`. */
export async function admit(
  reply: ReplyKey,
  { usage, store, oneReplyAtATime }: AdmissionDeps,
  leaseMs: number,
): Promise<Admission> {
  const reservation = await usage.reserve(reply.conversation.userId);
  const isFree = !oneReplyAtATime || (await store.lock(reply, leaseMs).catch(cancelAndThrow));
  if (!isFree) await cancelAndThrow(replyInProgress());

  async function cancelAndThrow(error: unknown): Promise<never> {
    await reservation?.cancel();
    throw error;
  }

  return {
    reservation,
    async release() {
      // A lock that cannot be released expires.
      await Promise.all([reservation?.cancel(), oneReplyAtATime && store.unlock(reply).catch(() => undefined)]);
    },
  };
}

export const replyInProgress = (): Problem => new Problem('reply-in-progress', { headers: { 'Retry-After': '1' } });
