import type { ConversationKey, Message } from '../ports/message.ts';
import type { MessageStore } from '../ports/message-store.ts';
import type { ActiveGenerations } from './active-generations.ts';
import { type AdmissionDeps, admit } from './admission.ts';
import type { OpenTurn } from './pending-reply.ts';

export interface RegenerateDeps extends AdmissionDeps {
  messages: MessageStore;
  generations: ActiveGenerations;
  leaseMs: number;
  now: () => Date;
  newId: () => string;
}

/** Starts a new generation of a message's reply, after an edit where there is one. */
export type RegenerateReply = (
  conversation: ConversationKey,
  message: Message,
  options: { isStreamed: boolean; edit?: (() => Promise<Message | undefined>) | undefined },
) => Promise<OpenTurn | undefined>;

/** Undefined, and nothing is taken, if a generation of the reply is alive or the edit does not apply. */
export function regenerateReply(deps: RegenerateDeps): RegenerateReply {
  const { messages, store, generations, leaseMs, now, newId } = deps;

  return async function regenerate(conversation, before, { isStreamed, edit }) {
    const { id_message: reply_to, id_reply = newId() } = before;
    const reply = { conversation, id_reply };
    const { reservation, giveBack } = await admit(reply, deps, leaseMs);
    const message = edit ? await edit() : before;
    const timestamp = now().toISOString();
    const claimed = message && (await store.claimReply({ ...reply, reply_to, timestamp }, leaseMs));
    // Without its message, which was deleted meanwhile, a new reply must not stay.
    const isOrphan = claimed?.run === 1 && !(await messages.get(conversation, reply_to));
    if (isOrphan) await messages.delete(conversation, id_reply);
    if (!claimed || isOrphan) return void (await giveBack());
    const { feed } = generations.start({ ...reply, run: claimed.run }, message, { reservation, isStreamed });
    return { message, reply: claimed.message, feed, left: reservation?.left };
  };
}
