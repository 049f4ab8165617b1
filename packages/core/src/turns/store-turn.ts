import { Problem } from '@async-chatbot/shared/problem';
import { titleOf } from '@async-chatbot/shared/title';
import type { Conversation, ConversationStore } from '../ports/conversation-store.ts';
import type { ConversationKey, Message } from '../ports/message.ts';
import type { TurnStore } from '../ports/turn-store.ts';

export interface StoreTurnDeps {
  conversations: ConversationStore;
  store: TurnStore;
  leaseMs: number;
}

/** A new message and its reply. */
type Pair = readonly [message: Message, reply: Message];

/**
 * Stores a turn and moves its conversation up, at the same time. If the conversation does not exist, deletes the turn and throws
 * `conversation-not-found`. After any other error, the turn may be stored, so its key must stay: a retry calls `moveUp`.
 */
export async function storeTurn(
  conversation: ConversationKey,
  turn: Pair,
  keyRecord: string | undefined,
  { conversations, store, leaseMs }: StoreTurnDeps,
): Promise<void> {
  const [{ content, timestamp }] = turn;
  const [exists, created] = await Promise.allSettled([
    touch(conversation, { content, timestamp }, conversations),
    store.create(turn, { leaseMs, keyRecord }),
  ]);
  if (exists.status === 'fulfilled' && !exists.value) {
    await store.discard(turn);
    throw new Problem('conversation-not-found');
  }
  for (const outcome of [created, exists]) if (outcome.status === 'rejected') throw outcome.reason;
}

/**
 * Moves the conversation of a stored turn up, unless `found`, the conversation as it was read, shows that this has been done.
 * Throws `conversation-not-found`.
 */
export async function moveUp(
  conversation: ConversationKey,
  found: Conversation | undefined,
  turn: { content: string; timestamp: string },
  conversations: ConversationStore,
): Promise<void> {
  const isDone = conversation.id_conversation === undefined || (found && found.updated_at >= turn.timestamp);
  if (isDone || (found && (await touch(conversation, turn, conversations)))) return;
  throw new Problem('conversation-not-found');
}

/** False if the conversation does not exist. The default one always exists. */
async function touch(
  { userId, id_conversation }: ConversationKey,
  { content, timestamp }: { content: string; timestamp: string },
  conversations: ConversationStore,
): Promise<boolean> {
  if (id_conversation === undefined) return true;
  return conversations.touch(userId, id_conversation, { at: timestamp, title: titleOf(content) });
}
