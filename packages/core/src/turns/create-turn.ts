import { Problem } from '@async-chatbot/shared/problem';
import type { ConversationKey, Message } from '../ports/message.ts';
import type { TakenKey, TurnIds } from '../ports/turn-store.ts';
import { admit, replyInProgress } from './admission.ts';
import { startHistory } from './history.ts';
import type { OpenTurn } from './pending-reply.ts';
import { type RegenerateDeps, regenerate } from './regenerate.ts';
import { endedFeed } from './reply-feed.ts';
import { complete, release } from './request-scope.ts';
import { moveUp, type StoreTurnDeps, storeTurn } from './store-turn.ts';

export interface CreateTurnDeps extends RegenerateDeps, StoreTurnDeps {}

/** A user message to send. */
export interface Draft {
  content: string;
  /** The idempotency key. */
  key?: string | undefined;
  /** Whether the client follows the deltas of the reply. */
  isStreamed: boolean;
}

/** Requests rarely take longer: a key without a turn after this time was probably taken by a server that failed. */
const FAILED_MS = 5000;
/** And after this, none of its writes can still arrive. */
const ABANDONED_MS = 20_000;

/** Stores a message with its reply and starts the bot. A retry with the same key returns the turn of the first request. */
export async function createTurn(conversation: ConversationKey, draft: Draft, deps: CreateTurnDeps): Promise<OpenTurn> {
  const { store, scope, now, newId } = deps;
  const { userId, id_conversation } = conversation;
  const { content, key } = draft;
  const ids = { id_message: newId(), id_reply: newId(), timestamp: now().toISOString() };
  if (key === undefined) return create(conversation, draft, ids, undefined, deps);
  const request = JSON.stringify([id_conversation, content]);
  const taken = await complete(scope, () => store.takeKey(userId, key, request, ids));
  if (!taken.isSameRequest) throw new Problem('idempotency-key-reused');
  if (!taken.isOwn) return repeat(conversation, draft, taken, deps);
  return createForKey(conversation, draft, taken, deps);
}

/** Releases the key if nothing of the turn can have been stored. A key that cannot be released is taken over later. */
async function createForKey(
  conversation: ConversationKey,
  draft: Draft,
  taken: TakenKey,
  deps: CreateTurnDeps,
): Promise<OpenTurn> {
  let mayBeStored = false;
  const onStore = () => {
    mayBeStored = true;
  };
  return create(conversation, draft, taken, { record: taken.record, onStore }, deps).catch(async (error: unknown) => {
    const releaseKey = () => deps.store.releaseKey(conversation.userId, taken).catch(() => undefined);
    const isNotFound = error instanceof Problem && error.code === 'conversation-not-found';
    if (!mayBeStored || isNotFound) await release(deps.scope, releaseKey);
    throw error;
  });
}

async function create(
  conversation: ConversationKey,
  { content, isStreamed }: Draft,
  { id_message, id_reply, timestamp }: TurnIds,
  key: { record: string; onStore: () => void } | undefined,
  deps: CreateTurnDeps,
): Promise<OpenTurn> {
  const { messages, bot, generations, leaseMs, scope } = deps;
  const { userId, id_conversation } = conversation;
  const common = { id_user: userId, ...(id_conversation && { id_conversation }), timestamp, version: 1 };
  const message: Message = { id_message, ...common, content, is_bot: false, id_reply };
  const botFields = { is_bot: true, reply_to: id_message };
  const pending: Message = { id_message: id_reply, ...common, ...botFields, content: '', status: 'pending' };
  const run = pending.version;

  const instant = isStreamed ? undefined : bot.instantReply?.(content);
  const options = { leaseMs, isInstant: instant !== undefined };

  return admit({ conversation, holder: id_reply }, deps, options, async (admission) => {
    const { reservation } = admission;
    const quotas = reservation?.quotas;
    return complete(scope, async () => {
      key?.onStore();
      if (instant !== undefined) {
        const reply: Message = { ...pending, version: 2, content: instant, status: 'completed', finish_reason: 'stop' };
        await storeTurn(conversation, [message, reply], key?.record, deps);
        await reservation?.settle(0);
        return { message, reply, feed: endedFeed(reply, run), quotas };
      }
      const history = startHistory(conversation, message, bot, messages);
      await storeTurn(conversation, [message, pending], key?.record, deps);
      const { feed } = generations.start({ conversation, id_reply, run }, { message, admission, history, isStreamed });
      return { message, reply: pending, feed, quotas };
    });
  });
}

async function repeat(
  conversation: ConversationKey,
  draft: Draft,
  taken: TakenKey,
  deps: CreateTurnDeps,
): Promise<OpenTurn> {
  const { messages, conversations, store, generations, now } = deps;
  if (taken.isDeleted) throw new Problem('message-not-found');
  const { userId, id_conversation } = conversation;
  const reply = { conversation, id_reply: taken.id_reply };
  const [message, stored, found] = await Promise.all([
    messages.get(conversation, taken.id_message),
    store.getReply(reply),
    id_conversation === undefined ? undefined : conversations.get(userId, id_conversation),
  ]);
  if (!message) {
    const ageMs = now().getTime() - taken.takenAtMs;
    if (ageMs < FAILED_MS) throw replyInProgress();
    if (ageMs <= ABANDONED_MS) throw replyInProgress(Math.ceil((ABANDONED_MS - ageMs) / 1000) || 1);
    if (!(await store.takeOverKey(userId, taken))) throw replyInProgress();
    return createForKey(conversation, draft, taken, deps);
  }
  await moveUp(conversation, found, { content: draft.content, timestamp: taken.timestamp }, conversations);
  const status = stored?.message.status;
  // Without a reply, its write failed, or it was deleted.
  if (!stored || status === undefined || status === 'failed' || status === 'interrupted') {
    const regenerated = await regenerate(conversation, message, { isStreamed: draft.isStreamed }, deps);
    if (regenerated) return regenerated;
    if (!stored) throw replyInProgress();
    // Another request regenerates it, so it is no longer as found.
    return { message, reply: stored.message, feed: generations.follow(reply) };
  }
  return { message, reply: stored.message, feed: generations.follow(reply, stored) };
}
