import type { Client } from '../client.ts';
import type { Message, ReplyEvent } from '../schemas.ts';
import { acknowledge, type ChatMemory } from './chat-memory.ts';
import { hasCode, undefinedIfNotFound } from './error-code.ts';
import { followReply } from './follow-reply.ts';
import { regenerateReply } from './regenerate-reply.ts';
import type { ReplyRequest } from './reply-request.ts';

/** Sends the message, or regenerates its reply if the server has already stored the message. */
export async function* requestReply(
  client: Client,
  memory: ChatMemory,
  request: ReplyRequest,
): AsyncGenerator<ReplyEvent, void> {
  const { chatId, id, content, options } = request;
  const texts = memory.unacknowledged.get(id) ?? [];
  const otherTexts = texts.filter((text) => text !== content);
  if (request.isNew || texts.length > 0) return yield* send();

  const id_message = memory.sent.get(id) ?? id;
  const stored = await client.messages.get(id_message, options).catch(undefinedIfNotFound);
  // If not found, it was deleted or sent through another client. The idempotency key lets the server distinguish the two.
  yield* stored ? regenerateReply(client, memory, request, stored) : send();

  async function* send(): AsyncGenerator<ReplyEvent, void> {
    memory.unacknowledged.set(id, [...otherTexts, content]);
    // Retries have the same key, so a message whose response was lost is stored once.
    const stream = client.messages.stream({ content }, { ...options, idempotencyKey: id });
    const onCreated = ({ id_message }: Message) => acknowledge(memory, chatId, id, id_message);
    try {
      yield* followReply(memory, stream, { chatId, onCreated });
    } catch (error) {
      // An earlier send arrived, with the text from before an edit.
      const sent = hasCode(error, 'idempotency-key-reused') && (await findEarlierSend());
      if (!sent) throw error;
      yield* regenerateReply(client, memory, request, sent);
    }
  }

  /** Returns the message that the server stored from an earlier send with another text. */
  async function findEarlierSend(): Promise<Message | undefined> {
    for (const text of otherTexts) {
      try {
        for await (const event of client.messages.stream({ content: text }, { ...options, idempotencyKey: id })) {
          if (event.type === 'message-created') return event.user_message;
        }
      } catch (error) {
        if (!hasCode(error, 'idempotency-key-reused')) throw error;
      }
    }
    return undefined;
  }
}
