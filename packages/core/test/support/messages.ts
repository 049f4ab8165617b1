import { randomUUID } from 'node:crypto';
import type { Order } from '@async-chatbot/shared/cursor';
import { v7 as uuid } from 'uuid';
import type { ConversationKey, Message } from '../../src/ports/message.ts';
import type { MessageStore } from '../../src/ports/message-store.ts';
import type { TurnStore } from '../../src/ports/turn-store.ts';

export const newUser = (): string => randomUUID();

export const newId = (): string => uuid();

/** A new message of a user, later than those before it. */
export const messageOf = (id_user: string, fields: Partial<Message> = {}): Message => ({
  id_message: newId(),
  id_user,
  content: 'canary hello',
  timestamp: new Date().toISOString(),
  is_bot: false,
  version: 1,
  ...(fields.is_bot && { status: 'completed' as const }),
  ...fields,
});

/** Stores messages, in one write. */
export const store = (turns: TurnStore, ...messages: Message[]): Promise<void> =>
  turns.create(messages, { leaseMs: 60_000 });

/** Stores new messages of a user, and returns them newest first. */
export async function history(turns: TurnStore, id_user: string, length: number, fields: Partial<Message> = {}) {
  const messages = Array.from({ length }, () => messageOf(id_user, fields));
  for (const message of messages) await store(turns, message);
  return messages.reverse();
}

/** Every page of a conversation, from its first message in this order to the last. */
export async function allPages(
  messages: MessageStore,
  conversation: ConversationKey,
  limit: number,
  order?: Order,
): Promise<Message[][]> {
  const pages: Message[][] = [];
  let cursor: string | undefined;
  do {
    const page = await messages.list(conversation, { limit, cursor, order });
    pages.push(page.messages);
    cursor = page.next_cursor;
  } while (cursor && pages.length < 1000);
  return pages;
}

/** Items as pages of this size. */
export const inPages = <Item>(items: Item[], limit: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / limit) }, (_, page) => items.slice(page * limit, (page + 1) * limit));

export const idsOf = (messages: Message[]): string[] => messages.map(({ id_message }) => id_message);
