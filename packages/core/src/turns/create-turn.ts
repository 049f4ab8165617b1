import { Problem } from '@async-chatbot/shared/problem';
import { titleOf } from '@async-chatbot/shared/title';
import type { Bot } from '../ports/bot.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';
import type { SendKeys, Sent, Taken } from '../ports/idempotency-keys.ts';
import type { Message, Thread } from '../ports/message.ts';
import type { MessageStore } from '../ports/message-store.ts';
import type { ReplyStore } from '../ports/replies.ts';
import type { Answering } from './active-generations.ts';
import { type AdmissionDeps, admit, inProgress } from './admission.ts';
import type { Opened } from './pending-reply.ts';
import { watchEnded } from './reply-feed.ts';
import type { Draft } from './turns.ts';

export interface SendingDeps extends AdmissionDeps {
  messages: MessageStore;
  conversations: ConversationStore;
  replies: ReplyStore;
  keys: SendKeys;
  bots: Answering;
  bot: Bot;
  /** Has the bot answer a message anew; undefined if a bot is at it. */
  answerAnew: (thread: Thread, message: Message, isStreamed: boolean) => Promise<Opened | undefined>;
}

/** A key whose message is not there after this long was taken by a server that is gone: its calls have deadlines of 3 s. */
const ABANDONED_MS = 20_000;

/** Keeps a message under its key and has the bot answer it, or finds what was kept under the key before. */
export function sending(deps: SendingDeps, leaseMs: number, now: () => Date, newId: () => string) {
  const { messages, conversations, replies, keys, bot, bots, answerAnew } = deps;

  return async function send(thread: Thread, draft: Draft): Promise<Opened> {
    const { userId, id_conversation } = thread;
    const sent = { id_message: newId(), id_reply: newId(), timestamp: now().toISOString() };
    const { content, key } = draft;
    if (key === undefined) return begin(thread, draft, sent);
    const taken = await keys.take(userId, key, JSON.stringify([id_conversation, content]), sent);
    if (!taken.isSameRequest) throw new Problem('idempotency-key-reused');
    return taken.isOwn ? beginWith(taken) : repeat(thread, draft, taken);

    /** The key is given back when nothing could be kept under it. */
    async function beginWith(own: Taken): Promise<Opened> {
      return begin(thread, draft, own, own.record).catch(async (error: unknown) => {
        if (error instanceof Problem && error.status < 500) await keys.release(userId, own);
        throw error;
      });
    }
  };

  async function begin(thread: Thread, { content, isStreamed }: Draft, sent: Sent, record?: string): Promise<Opened> {
    const { userId, id_conversation } = thread;
    const { id_message, id_reply, timestamp } = sent;
    const { reservation, giveBack } = await admit(thread, id_reply, deps, leaseMs);
    if (id_conversation !== undefined) {
      const isThere = await conversations.touch(userId, id_conversation, { at: timestamp, title: titleOf(content) });
      if (!isThere) {
        await giveBack();
        throw new Problem('conversation-not-found');
      }
    }
    const common = { id_user: userId, ...(id_conversation && { id_conversation }), timestamp, version: 1 };
    const message: Message = { id_message, ...common, content, is_bot: false, id_reply };
    const pending: Message = {
      id_message: id_reply,
      ...common,
      content: '',
      is_bot: true,
      status: 'pending',
      reply_to: id_message,
    };
    const left = reservation?.left;
    const instant = isStreamed ? undefined : bot.instantReply?.(content);
    if (instant !== undefined) {
      const reply: Message = { ...pending, version: 2, content: instant, status: 'completed', finish_reason: 'stop' };
      await messages.put([message, reply], { key: record });
      await reservation?.settle(0);
      return { message, reply, watch: watchEnded(reply, pending.version), left };
    }
    await messages.put([message, pending], { leaseMs, key: record });
    const writing = { thread, id_message: id_reply, run: pending.version };
    const { watch } = bots.start(writing, message, { reservation, isStreamed });
    return { message, reply: pending, watch, left };
  }

  async function repeat(thread: Thread, draft: Draft, taken: Taken): Promise<Opened> {
    if (taken.isDeleted) throw new Problem('message-not-found');
    const [message, reply] = await Promise.all([
      messages.get(thread, taken.id_message),
      replies.get(thread, taken.id_reply),
    ]);
    if (!message) {
      // Whoever took it is about to keep the message, or is gone.
      const isAbandoned = now().getTime() - taken.takenAtMs > ABANDONED_MS;
      if (!isAbandoned || !(await keys.takeOver(thread.userId, taken))) throw inProgress();
      return begin(thread, draft, taken, taken.record);
    }
    if (!reply) throw new Problem('message-not-found');
    const isUnanswered = reply.message.status === 'failed' || reply.message.status === 'interrupted';
    const anew = isUnanswered ? await answerAnew(thread, message, draft.isStreamed) : undefined;
    return anew ?? { message, reply: reply.message, watch: bots.watch(thread, taken.id_reply) };
  }
}
