import type { Client } from '../client.ts';
import type { Message, ReplyEvent } from '../schemas.ts';
import { acknowledge, type ChatMemory } from './chat-memory.ts';
import { deleteDropped, droppedMessages } from './dropped-messages.ts';
import { hasCode } from './error-code.ts';
import { followReply } from './follow-reply.ts';
import { replyInProgress } from './reply-in-progress.ts';
import type { ReplyRequest } from './reply-request.ts';

/** Regenerates the reply to a stored message. Edits the message first if its text has changed. */
export async function* regenerateReply(
  client: Client,
  memory: ChatMemory,
  { chatId, id, content, keepLaterMessages, options }: ReplyRequest,
  stored: Message,
): AsyncGenerator<ReplyEvent, void> {
  const { id_message } = stored;
  acknowledge(memory, chatId, id, id_message);
  const isEdited = stored.content !== content;
  const dropped = droppedMessages(memory, chatId, id_message);
  let isAccepted = false;
  for await (const event of events()) {
    // Only now: if the API rejects the request, for example because of a quota, the later messages must remain.
    if (!isAccepted && !keepLaterMessages) await deleteDropped(client, memory, chatId, dropped, options);
    isAccepted = true;
    yield event;
  }

  async function* events(): AsyncGenerator<ReplyEvent, void> {
    // Only the connection was lost. The generation continued, so no other is needed.
    if (!isEdited && memory.unfinished.has(id_message)) return yield* resume(stored);
    try {
      yield* generate();
    } catch (error) {
      if (!hasCode(error, 'reply-in-progress')) throw error;
      // `stop()` only detached: a reply to this message or to a dropped one is still in progress.
      const reply = await replyInProgress(client, memory, chatId, options);
      if (reply && ![id_message, ...dropped].includes(reply.reply_to ?? '')) throw error;
      if (reply) await client.messages.cancel(reply.id_message, options);
      yield* generate();
    }
  }

  async function* generate(): AsyncGenerator<ReplyEvent, void> {
    if (isEdited) {
      const edited = await client.messages.edit(id_message, { content, regenerate: true }, options);
      yield* resume(edited);
    } else {
      yield* followReply(memory, client.messages.regenerateStream(id_message, options), { chatId, id_message });
    }
  }

  function resume({ id_reply }: Message): AsyncGenerator<ReplyEvent, void> {
    return followReply(memory, client.messages.resume(id_message, options), { chatId, id_message, id_reply });
  }
}
