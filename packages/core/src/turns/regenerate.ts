import type { ConversationKey, Message } from '../ports/message.ts';
import type { MessageStore } from '../ports/message-store.ts';
import type { ActiveGenerations } from './active-generations.ts';
import { type Admission, type AdmissionDeps, admit } from './admission.ts';
import type { GenerationDeps } from './generation.ts';
import { startHistory } from './history.ts';
import type { OpenTurn } from './pending-reply.ts';
import { complete } from './request-scope.ts';

export interface RegenerateDeps extends AdmissionDeps, GenerationDeps {
  messages: MessageStore;
  generations: ActiveGenerations;
  leaseMs: number;
  now: () => Date;
  newId: () => string;
}

interface RegenerateOptions {
  isStreamed: boolean;
  /** Edits the message before the generation starts; resolves to undefined if the edit does not apply. */
  edit?: (() => Promise<Message | undefined>) | undefined;
}

/** Starts a new generation of a message's reply. Undefined if one is in progress or the edit does not apply. */
export async function regenerate(
  conversation: ConversationKey,
  before: Message,
  { isStreamed, edit }: RegenerateOptions,
  deps: RegenerateDeps,
): Promise<OpenTurn | undefined> {
  const { bot, messages, store, generations, leaseMs, scope, now, newId } = deps;
  const { id_message: reply_to, id_reply = newId() } = before;
  const reply = { conversation, id_reply };
  return admit({ conversation, holder: newId() }, deps, { leaseMs, isInstant: false }, async (admission) => {
    return complete(scope, async () => {
      const message = edit ? await edit() : before;
      return message && start(message, admission);
    });
  });

  async function start(message: Message, admission: Admission): Promise<OpenTurn | undefined> {
    const history = startHistory(conversation, message, bot, messages);
    const claimed = await store.claimReply({ ...reply, reply_to, timestamp: now().toISOString() }, leaseMs);
    if (!claimed) return undefined;
    // If the message was deleted in the meantime, its new reply must not stay.
    if (claimed.run === 1 && !(await messages.get(conversation, reply_to))) {
      await messages.delete(conversation, id_reply);
      return undefined;
    }
    const { feed } = generations.start({ ...reply, run: claimed.run }, { message, admission, history, isStreamed });
    return { message, reply: claimed.message, feed, quotas: admission.reservation?.quotas };
  }
}
