import type { Message, Thread } from '@async-chatbot/core/ports/message';
import type { MessageStore } from '@async-chatbot/core/ports/message-store';
import type { Order } from '@async-chatbot/shared/cursor';

/** Every page of a thread, from its first message in this order to the last. */
export async function allPages(
  store: MessageStore,
  thread: Thread,
  limit: number,
  order: Order | undefined,
): Promise<Message[][]> {
  const pages: Message[][] = [];
  let cursor: string | undefined;
  do {
    const { messages, next_cursor } = await store.list(thread, { limit, cursor, order });
    pages.push(messages);
    cursor = next_cursor;
  } while (cursor && pages.length < 1000);
  return pages;
}
