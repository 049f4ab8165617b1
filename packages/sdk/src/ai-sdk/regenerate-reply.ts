import type { Client } from '../client.ts';
import type { Message, ReplyEvent } from '../schemas.ts';
import { acknowledge, type ChatMemory } from './chat-memory.ts';
import { deleteLaterMessages } from './delete-later-messages.ts';
import { followReply } from './follow-reply.ts';
import { isRefusal } from './refusal.ts';
import type { ReplyRequest } from './request-reply.ts';

/** Regenerates the reply to a stored message, after an edit if its text has changed. */
export async function* regenerateReply(
  client: Client,
  memory: ChatMemory,
  { chatId, id, content, keepLaterMessages, options }: ReplyRequest,
  { id_message, id_reply, content: storedContent }: Message,
): AsyncGenerator<ReplyEvent, void> {
  acknowledge(memory, id, id_message);
  const isEdited = storedContent !== content;
  // Only the connection was lost. The generation went on, so another one is not needed.
  if (!isEdited && memory.unfinished.has(id_message)) return yield* resume();
  if (!keepLaterMessages) await deleteLaterMessages(client, id_message, options);
  try {
    yield* generate();
  } catch (error) {
    if (!isRefusal(error, 'reply-in-progress')) throw error;
    // The reply to replace is still in progress: `stop()` only detached from it.
    await client.messages.cancel(id_message, options);
    yield* generate();
  }

  async function* generate(): AsyncGenerator<ReplyEvent, void> {
    if (isEdited) {
      await client.messages.edit(id_message, { content, regenerate: true }, options);
      yield* resume();
    } else {
      yield* followReply(memory, client.messages.regenerateStream(id_message, options), { chatId, id_message });
    }
  }

  function resume(): AsyncGenerator<ReplyEvent, void> {
    return followReply(memory, client.messages.resume(id_message, options), { chatId, id_message, id_reply });
  }
}
