import { Problem } from '@async-chatbot/shared/problem';
import { titleOf } from '@async-chatbot/shared/title';
import type { ConversationStore } from '../ports/conversation-store.ts';
import type { ConversationKey, Message } from '../ports/message.ts';
import type { TakenKey, TurnIds } from '../ports/turn-store.ts';
import { admit, replyInProgress } from './admission.ts';
import type { OpenTurn } from './pending-reply.ts';
import { type RegenerateDeps, regenerate } from './regenerate.ts';
import { endedFeed } from './reply-feed.ts';

export interface CreateTurnDeps extends RegenerateDeps {
  conversations: ConversationStore;
}

/** A user message to send. */
export interface Draft {
  content: string;
  /** The idempotency key. */
  key?: string | undefined;
  /** Whether the client follows the deltas of the reply. */
  isStreamed: boolean;
}

/** A key without a turn after this long was taken by a server that crashed, since a store request takes 3 s at most. */
const ABANDONED_MS = 20_000;

/** Stores a message with its reply and starts the bot. A retry with the same key returns the turn of the first request. */
export async function createTurn(conversation: ConversationKey, draft: Draft, deps: CreateTurnDeps): Promise<OpenTurn> {
  const { store, now, newId } = deps;
  const { userId, id_conversation } = conversation;
  const { content, key } = draft;
  const ids = { id_message: newId(), id_reply: newId(), timestamp: now().toISOString() };
  if (key === undefined) return create(conversation, draft, ids, undefined, deps);
  const taken = await store.takeKey(userId, key, JSON.stringify([id_conversation, content]), ids);
  if (!taken.isSameRequest) throw new Problem('idempotency-key-reused');
  if (!taken.isOwn) return repeat(conversation, draft, taken, deps);
  return create(conversation, draft, taken, taken.record, deps).catch(async (error: unknown) => {
    // After a 5xx, the turn may be stored, so the key is kept. A key that cannot be released is taken over later.
    if (error instanceof Problem && error.status < 500) await store.releaseKey(userId, taken).catch(() => undefined);
    throw error;
  });
}

async function create(
  conversation: ConversationKey,
  { content, isStreamed }: Draft,
  { id_message, id_reply, timestamp }: TurnIds,
  keyRecord: string | undefined,
  { conversations, store, bot, generations, leaseMs, ...deps }: CreateTurnDeps,
): Promise<OpenTurn> {
  const { userId, id_conversation } = conversation;
  const { reservation, release } = await admit({ conversation, id_reply }, { store, ...deps }, leaseMs);
  if (id_conversation !== undefined) {
    const sent = { at: timestamp, title: titleOf(content) };
    const isStored = await conversations.touch(userId, id_conversation, sent).catch(releaseAndThrow);
    if (!isStored) await releaseAndThrow(new Problem('conversation-not-found'));
  }
  async function releaseAndThrow(error: unknown): Promise<never> {
    await release();
    throw error;
  }

  const common = { id_user: userId, ...(id_conversation && { id_conversation }), timestamp, version: 1 };
  const message: Message = { id_message, ...common, content, is_bot: false, id_reply };
  const botFields = { is_bot: true, reply_to: id_message };
  const pending: Message = { id_message: id_reply, ...common, ...botFields, content: '', status: 'pending' };
  const run = pending.version;
  const quotas = reservation?.quotas;
  const instant = isStreamed ? undefined : bot.instantReply?.(content);
  if (instant !== undefined) {
    const reply: Message = { ...pending, version: 2, content: instant, status: 'completed', finish_reason: 'stop' };
    await store.create([message, reply], { leaseMs, keyRecord });
    await reservation?.settle(0);
    return { message, reply, feed: endedFeed(reply, run), quotas };
  }
  await store.create([message, pending], { leaseMs, keyRecord });
  const { feed } = generations.start({ conversation, id_reply, run }, { message, reservation, isStreamed });
  return { message, reply: pending, feed, quotas };
}

async function repeat(
  conversation: ConversationKey,
  draft: Draft,
  taken: TakenKey,
  deps: CreateTurnDeps,
): Promise<OpenTurn> {
  const { messages, store, generations, now } = deps;
  if (taken.isDeleted) throw new Problem('message-not-found');
  const reply = { conversation, id_reply: taken.id_reply };
  const [message, stored] = await Promise.all([messages.get(conversation, taken.id_message), store.getReply(reply)]);
  if (!message) {
    const isAbandoned = now().getTime() - taken.takenAtMs > ABANDONED_MS;
    if (!isAbandoned || !(await store.takeOverKey(conversation.userId, taken))) throw replyInProgress();
    return create(conversation, draft, taken, taken.record, deps);
  }
  if (!stored) throw new Problem('message-not-found');
  const hasNoReply = stored.message.status === 'failed' || stored.message.status === 'interrupted';
  const { isStreamed } = draft;
  const regenerated = hasNoReply ? await regenerate(conversation, message, { isStreamed }, deps) : undefined;
  return regenerated ?? { message, reply: stored.message, feed: generations.follow(reply) };
}
