import type { Client } from '../client.ts';
import type { MessageOptions } from '../options.ts';
import type { Message } from '../schemas.ts';
import type { ChatMemory } from './chat-memory.ts';
import { isInProgress, MAX_PAGE } from './chat-message.ts';
import { undefinedIfNotFound } from './error-code.ts';

/** Returns the reply in progress: the one that the chat has followed, or one among the newest messages. */
export async function replyInProgress(
  client: Client,
  { inProgress }: ChatMemory,
  chatId: string,
  options: MessageOptions,
  limit = MAX_PAGE,
): Promise<Message | undefined> {
  const id = inProgress.get(chatId);
  const followed = id && (await client.messages.get(id, options).catch(undefinedIfNotFound));
  if (followed && isInProgress(followed)) return followed;
  const { id_conversation, ...callOptions } = options;
  return (await client.messages.list({ limit, id_conversation }, callOptions)).messages.find(isInProgress);
}
