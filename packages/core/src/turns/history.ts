import { cursorAfter } from '@async-chatbot/shared/cursor';
import type { Bot, PastTurn, Turn } from '../ports/bot.ts';
import type { ConversationKey, Message } from '../ports/message.ts';
import type { MessageStore } from '../ports/message-store.ts';

/** Starts to read the history if the number of its messages is known, and returns the `history` of the turn. */
export function startHistory(
  conversation: ConversationKey,
  message: Message,
  { historyMessages }: Bot,
  messages: MessageStore,
): Turn['history'] {
  const read = (limit: number) => history(conversation, message, limit, messages);
  const early = historyMessages === undefined ? undefined : read(historyMessages);
  // If the bot is not started, nothing awaits the history.
  early?.catch(() => undefined);
  return (limit) => (early && limit === historyMessages ? early : read(limit));
}

/** The turns among the last `limit` messages before this one, oldest first. */
async function history(
  conversation: ConversationKey,
  message: Message,
  limit: number,
  messages: MessageStore,
): Promise<PastTurn[]> {
  if (limit === 0) return [];
  const page = await messages.list(conversation, { limit, cursor: cursorAfter(message.id_message) });
  const replies = new Map(page.messages.map(({ id_message, content }) => [id_message, content]));
  // Models require alternating roles, so a message whose reply has no text is left out.
  return page.messages.reverse().flatMap(({ content, id_reply = '' }) => {
    const reply = replies.get(id_reply);
    return reply ? [{ content, reply }] : [];
  });
}
