import type { Conversation, ConversationStore } from '../../src/ports/conversation-store.ts';
import type { ConversationKey } from '../../src/ports/message.ts';
import { allPages, idsOf, messageOf, newId, store } from './messages.ts';
import { LEASE_MS } from './replies.ts';
import type { Stores } from './stores.ts';

export const LATER = '2126-01-02T03:04:05.678Z';

/** A new conversation, later than those before it. */
export function conversationOf(fields: Partial<Conversation> = {}): Conversation {
  const created_at = new Date().toISOString();
  return { id_conversation: newId(), created_at, updated_at: created_at, ...fields };
}

/** Stores new conversations, and returns them newest first. */
export async function storedConversations(conversations: ConversationStore, userId: string, length: number) {
  const all = Array.from({ length }, (_, index) => conversationOf({ title: `canary ${index}` }));
  for (const conversation of all) await conversations.create(userId, conversation);
  return all.reverse();
}

/** Stores new messages of a conversation. */
export async function storedMessages({ turns }: Stores, { userId, id_conversation }: ConversationKey, length: number) {
  const all = Array.from({ length }, () => messageOf(userId, id_conversation ? { id_conversation } : {}));
  while (all.length > 0) await store(turns, ...all.splice(0, 25));
}

/** Stores a conversation with this many messages and a locked reply, and returns its id. */
export async function activeConversation(stores: Stores, userId: string, length: number): Promise<string> {
  const conversation = conversationOf();
  const { id_conversation } = conversation;
  await stores.conversations.create(userId, conversation);
  await storedMessages(stores, { userId, id_conversation }, length);
  await stores.turns.lock({ conversation: { userId, id_conversation }, holder: newId() }, LEASE_MS);
  return id_conversation;
}

/** Everything that is stored for a conversation. */
export async function contentsOf({ conversations, messages, turns }: Stores, key: ConversationKey) {
  const probe = { conversation: key, holder: newId() };
  const isLocked = !(await turns.lock(probe, LEASE_MS));
  await turns.unlock(probe);
  return {
    conversation: key.id_conversation && (await conversations.get(key.userId, key.id_conversation)),
    messages: idsOf((await allPages(messages, key, 100)).flat()),
    isLocked,
  };
}

/** Every page from the newest conversation to the oldest. */
export async function pagesOf(store: ConversationStore, userId: string, limit: number): Promise<Conversation[][]> {
  const pages: Conversation[][] = [];
  let cursor: string | undefined;
  do {
    const { conversations, next_cursor } = await store.list(userId, { limit, cursor });
    pages.push(conversations);
    cursor = next_cursor;
  } while (cursor && pages.length < 1000);
  return pages;
}

/** The results of every method but `delete` for this id. */
export async function found(store: ConversationStore, userId: string, id: string): Promise<unknown[]> {
  const { conversations } = await store.list(userId, { limit: 100 });
  const outcomes = [
    await store.get(userId, id),
    await store.rename(userId, id, { title: 'canary', updated_at: LATER }),
    await store.touch(userId, id, { title: 'canary', at: LATER }),
    conversations.find(({ id_conversation }) => id_conversation === id),
  ];
  return outcomes.filter(Boolean);
}
