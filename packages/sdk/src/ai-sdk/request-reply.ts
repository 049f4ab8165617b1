import type { Client } from '../client.ts';
import type { Message, ReplyEvent } from '../schemas.ts';
import { acknowledge, type ChatMemory } from './chat-memory.ts';
import { isRefusal, undefinedIfUnknown } from './error-code.ts';
import { followReply } from './follow-reply.ts';
import { regenerateReply } from './regenerate-reply.ts';
import type { ReplyRequest } from './reply-request.ts';

/** Sends the message, or regenerates its reply if the server has stored it already. */
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
  const stored = await client.messages.get(id_message, options).catch(undefinedIfUnknown);
  // Either deleted, or sent through another client: the key tells the server which.
  yield* stored ? regenerateReply(client, memory, request, stored) : send();

  async function* send(): AsyncGenerator<ReplyEvent, void> {
    memory.unacknowledged.set(id, [...otherTexts, content]);
    // Each retry has the same key, so a message whose response was lost is stored once.
    const stream = client.messages.stream({ content }, { ...options, idempotencyKey: id });
    const onCreated = ({ id_message }: Message) => acknowledge(memory, chatId, id, id_message);
    try {
      yield* followReply(memory, stream, { chatId, onCreated });
    } catch (error) {
      // An earlier send did arrive, with a text from before an edit.
      const sent = isRefusal(error, 'idempotency-key-reused') && (await sentBefore());
      if (!sent) throw error;
      yield* regenerateReply(client, memory, request, sent);
    }
  }

  /** The message that the server stored when it was sent with one of the other texts. */
  async function sentBefore(): Promise<Message | undefined> {
    for (const text of otherTexts) {
      try {
        for await (const event of client.messages.stream({ content: text }, { ...options, idempotencyKey: id })) {
          if (event.type === 'message-created') return event.user_message;
        }
      } catch (error) {
        if (!isRefusal(error, 'idempotency-key-reused')) throw error;
      }
    }
    return undefined;
  }
}
