import type { Client } from '../client.ts';
import type { MessageOptions } from '../options.ts';
import type { ChatMemory } from './chat-memory.ts';
import { undefinedIfUnknown } from './error-code.ts';

/**
 * The user messages that `useChat` drops when this one is edited or regenerated, newest first: what the chat has shown of the
 * later messages. The conversation may have others, of another tab or device.
 */
export function droppedMessages({ shown }: ChatMemory, chatId: string, id_message: string): string[] {
  // Later messages have larger ids.
  return [...(shown.get(chatId) ?? [])]
    .filter((id) => id > id_message)
    .sort()
    .reverse();
}

/** Deletes user messages that the chat has dropped, and their replies, in this order. */
export async function deleteDropped(
  client: Client,
  { shown }: ChatMemory,
  chatId: string,
  dropped: readonly string[],
  options: MessageOptions,
): Promise<void> {
  for (const id of dropped) {
    await client.messages.delete(id, options).catch(undefinedIfUnknown);
    shown.get(chatId)?.delete(id);
  }
}
