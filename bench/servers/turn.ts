import type { components } from '@async-chatbot/api-spec';
import { v7 as uuid } from 'uuid';
import { type Message, REPLY } from './canned.ts';

export type Exchange = components['schemas']['Exchange'];

/** What a client sends. */
export interface Draft {
  userId: string;
  content: string;
  id_conversation?: string | undefined;
  key?: string | undefined;
}

/** A message and its completed reply. */
export function newExchange({ userId, content, id_conversation }: Draft): Exchange {
  const [id_message, id_reply] = [uuid(), uuid()];
  const common = { id_user: userId, ...(id_conversation && { id_conversation }), timestamp: new Date().toISOString() };
  return {
    user_message: { id_message, ...common, version: 1, content, is_bot: false, id_reply },
    bot_response: {
      id_message: id_reply,
      ...common,
      version: 2,
      is_bot: true,
      reply_to: id_message,
      content: REPLY,
      status: 'completed',
      finish_reason: 'stop',
    },
  };
}

/** The reply before the bot has started. */
export function pendingOf({ finish_reason: _, ...reply }: Message): Message {
  return { ...reply, version: 1, content: '', status: 'pending' };
}

/** The events of a streamed post: the message, the start, one delta and the end. Stores the reply before its end. */
export async function* eventsOf(
  { user_message, bot_response }: Exchange,
  deltas: () => AsyncIterable<string> | Iterable<string>,
  finish: (reply: Message) => Promise<unknown>,
): AsyncGenerator<string, void> {
  yield eventOf({ type: 'message-created', user_message });
  yield eventOf({ type: 'reply-started', bot_response: pendingOf(bot_response) }, '1-0');
  let content = '';
  for await (const delta of deltas()) {
    content += delta;
    yield eventOf({ type: 'reply-delta', delta }, `1-${content.length}`);
  }
  const reply = { ...bot_response, content };
  await finish(reply);
  yield eventOf({ type: 'reply-completed', bot_response: reply }, '1-end');
}

const eventOf = (event: components['schemas']['ReplyEvent'], id?: string): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
