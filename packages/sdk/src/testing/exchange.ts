import { Problem } from '@async-chatbot/shared/problem';
import type { Exchange, Message } from '../schemas.ts';
import type { Generation } from './generation.ts';

/** Both messages, once the reply is over. Throws `bot-unavailable` unless the reply is whole or was cancelled. */
export async function exchangeOf(message: Message, { done }: Generation): Promise<Exchange> {
  const end = await done;
  if (end === 'deleted') throw new Problem('message-not-found');
  if (end.status !== 'completed' && end.status !== 'cancelled') throw new Problem('bot-unavailable');
  return { user_message: message, bot_response: end };
}
