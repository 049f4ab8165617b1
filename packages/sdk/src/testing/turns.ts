import { Problem } from '@async-chatbot/shared/problem';
import type { Versions } from '@async-chatbot/shared/versions';
import type { Message } from '../schemas.ts';
import type { Conversations } from './conversations.ts';
import type { Generation } from './generation.ts';
import { isMeant, type Messages, type Thread } from './messages.ts';
import type { Replies } from './replies.ts';
import type { SendKeys } from './send-keys.ts';

/** A reply that somebody wants to know about. */
export interface Opened {
  message: Message;
  /** As it was found, or begun. */
  reply: Message;
  generation: Generation;
}

interface Edit {
  content: string;
  edited_at: string;
  versions?: Versions | undefined;
}

interface TurnsDeps {
  messages: Messages;
  conversations: Conversations;
  replies: Replies;
  keys: SendKeys;
  now: () => Date;
  newId: () => string;
}

export type Turns = ReturnType<typeof turns>;

/** Messages and the bot's replies to them; the bot answers one message of a conversation at a time, as models do. */
export function turns({ messages, conversations, replies, keys, now, newId }: TurnsDeps) {
  /** The message of this id, or the one that the reply of this id answers. */
  function questionOf(thread: Thread, id: string): Message | undefined {
    const message = messages.get(thread, id);
    return message?.reply_to === undefined ? message : messages.get(thread, message.reply_to);
  }

  function opened(thread: Thread, message: Message | undefined): Opened | undefined {
    const { id_reply = '' } = message ?? {};
    const reply = messages.get(thread, id_reply);
    const generation = replies.find(id_reply);
    return message && reply && generation && { message, reply, generation };
  }

  function begin(thread: Thread, content: string): Opened {
    const { userId, id_conversation } = thread;
    if (replies.isRunningIn(thread)) throw inProgress();
    if (id_conversation !== undefined && !conversations.touch(userId, id_conversation, content))
      throw new Problem('conversation-not-found');
    const [id_message, id_reply] = [newId(), newId()];
    const common = { ...ownerOf(thread), timestamp: now().toISOString(), version: 1 };
    const message = messages.put(thread, { id_message, ...common, content, is_bot: false, id_reply });
    return { message, ...answer(thread, { id_message: id_reply, ...common, reply_to: id_message }) };
  }

  function answer(thread: Thread, reply: Omit<Message, 'content' | 'is_bot' | 'status'>): Omit<Opened, 'message'> {
    const pending = messages.put(thread, { ...reply, content: '', is_bot: true, status: 'pending' });
    return { reply: pending, generation: replies.start(thread, pending) };
  }

  function answerAnew(thread: Thread, message: Message): Opened {
    const { id_message: reply_to, id_reply: id_message = newId() } = message;
    const version = (messages.get(thread, id_message)?.version ?? 0) + 1;
    const timestamp = now().toISOString();
    return { message, ...answer(thread, { id_message, ...ownerOf(thread), timestamp, version, reply_to }) };
  }

  return {
    /** Keeps a message and has the bot answer it; a repeat with the same key is the same turn. */
    send(thread: Thread, content: string, key: string | undefined): Opened {
      const known = key === undefined ? undefined : keys.find(thread, key, content);
      if (known === undefined) {
        const begun = begin(thread, content);
        if (key !== undefined) keys.keep(thread, key, content, begun.message.id_message);
        return begun;
      }
      const found = opened(thread, messages.get(thread, known));
      if (!found) throw new Problem('message-not-found');
      const isUnanswered = found.reply.status === 'failed' || found.reply.status === 'interrupted';
      if (isUnanswered && replies.isRunningIn(thread)) throw inProgress();
      return isUnanswered ? answerAnew(thread, found.message) : found;
    },

    /** Has the bot answer anew, after an edit if there is one; undefined if there is no such message to edit or answer. */
    regenerate(thread: Thread, id: string, edit?: Edit): Opened | undefined {
      const message = questionOf(thread, id);
      if (!message || (edit && message.id_message !== id)) return undefined;
      if (replies.isRunningIn(thread)) throw inProgress();
      if (!edit) return answerAnew(thread, message);
      const { versions, ...change } = edit;
      const edited = isMeant(versions, message) ? messages.change(thread, id, change) : undefined;
      return edited && answerAnew(thread, edited);
    },

    find: (thread: Thread, id: string) => opened(thread, questionOf(thread, id)),

    /** Stops the bot; the reply, which may have been over. */
    async cancel(thread: Thread, id: string): Promise<Message | undefined> {
      const found = opened(thread, questionOf(thread, id));
      found?.generation.stop('cancelled');
      const end = await found?.generation.done;
      return end === 'deleted' || end === undefined ? undefined : messages.get(thread, end.id_message);
    },
  };
}

const ownerOf = ({ userId, id_conversation }: Thread) => ({
  id_user: userId,
  ...(id_conversation !== undefined && { id_conversation }),
});

const inProgress = (): Problem => new Problem('reply-in-progress', { headers: { 'Retry-After': '1' } });
