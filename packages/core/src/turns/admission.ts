import { Problem } from '@async-chatbot/shared/problem';
import type { ThreadLocks } from '../ports/conversation-locks.ts';
import type { Thread } from '../ports/message.ts';
import type { Reservation, Usage } from '../ports/usage.ts';

/** Leave to have the bot answer. */
export interface Admission {
  reservation: Reservation | undefined;
  /** The bot was not asked. */
  giveBack(): Promise<void>;
}

export interface AdmissionDeps {
  usage: Usage;
  /** For a bot that answers one message of a conversation at a time. */
  locks?: ThreadLocks | undefined;
}

/** Takes what an answer needs, all or nothing. Throws `quota-exceeded`, or `reply-in-progress` if the thread is taken. */
export async function admit(
  thread: Thread,
  id_reply: string,
  { usage, locks }: AdmissionDeps,
  leaseMs: number,
): Promise<Admission> {
  const reservation = await usage.reserve(thread.userId);
  const isFree = !locks || (await locks.take(thread, id_reply, leaseMs).catch(giveBackAndThrow));
  if (!isFree) await giveBackAndThrow(inProgress());

  async function giveBackAndThrow(error: unknown): Promise<never> {
    await reservation?.cancel();
    throw error;
  }

  return {
    reservation,
    async giveBack() {
      // A lock runs out by itself.
      await Promise.all([reservation?.cancel(), locks?.release(thread, id_reply).catch(() => undefined)]);
    },
  };
}

export const inProgress = (): Problem => new Problem('reply-in-progress', { headers: { 'Retry-After': '1' } });
