import type { Client } from '../client.ts';
import type { MessageOptions } from '../options.ts';
import type { ChatMemory } from './chat-memory.ts';
import { undefinedIfNotFound } from './error-code.ts';

/**
 * Returns the ids of the user messages that `useChat` drops when this one is edited or regenerated, newest first. These are
 * the later messages that the chat has shown. The conversation may have more, sent from another tab or device.
 */
export function droppedMessages({ shown }: ChatMemory, chatId: string, id_message: string): string[] {
  // Later messages have larger ids.
  return [...(shown.get(chatId) ?? [])]
    .filter((id) => id > id_message)
    .sort()
    .reverse();
}

/** Deletes the dropped user messages and their replies, in the given order. */
export async function deleteDropped(
  client: Client,
  { shown }: ChatMemory,
  chatId: string,
  dropped: readonly string[],
  options: MessageOptions,
): Promise<void> {
  for (const id of dropped) {
    await client.messages.delete(id, options).catch(undefinedIfNotFound);
    shown.get(chatId)?.delete(id);
  }
}
