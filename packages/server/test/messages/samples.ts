import { randomUUID } from 'node:crypto';
import type { Message } from '@async-chatbot/core/ports/message';
import type { MessageStore } from '@async-chatbot/core/ports/message-store';
import { v7 as uuid } from 'uuid';
import { CANARY } from '../support/canary.ts';

export const newUser = (): string => randomUUID();

export const newId = (): string => uuid();

/** A new message of a user, later than those before it. */
export const messageOf = (id_user: string, said: Partial<Message> = {}): Message => ({
  id_message: newId(),
  id_user,
  content: `${CANARY} hello`,
  timestamp: new Date().toISOString(),
  is_bot: false,
  version: 1,
  ...(said.is_bot && { status: 'completed' as const }),
  ...said,
});

/** New messages of a user that are in the store, newest first. */
export async function history(store: MessageStore, id_user: string, length: number, said: Partial<Message> = {}) {
  const messages = Array.from({ length }, () => messageOf(id_user, said));
  for (const message of messages) await store.put([message]);
  return messages.reverse();
}

/** Every page from the newest message to the oldest. */
export async function pagesOf(store: MessageStore, userId: string, limit: number): Promise<Message[][]> {
  const pages: Message[][] = [];
  let cursor: string | undefined;
  do {
    const { messages, next_cursor } = await store.list({ userId }, { limit, cursor });
    pages.push(messages);
    cursor = next_cursor;
  } while (cursor && pages.length < 1000);
  return pages;
}

/** The pages that there should be. */
export const inPages = (messages: Message[], limit: number): Message[][] =>
  Array.from({ length: Math.ceil(messages.length / limit) }, (_, page) =>
    messages.slice(page * limit, (page + 1) * limit),
  );

export const idsOf = (messages: Message[]): string[] => messages.map(({ id_message }) => id_message);
