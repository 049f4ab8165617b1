import type { Client } from '../client.ts';
import type { MessageOptions } from '../options.ts';
import type { Message, ReplyEvent } from '../schemas.ts';
import type { ChatMemory } from './chat-memory.ts';
import { followReply } from './follow-reply.ts';
import { isRefusal, undefinedIfUnknown } from './refusal.ts';
import { regenerateReply } from './regenerate-reply.ts';

/** A reply that the AI SDK asks for. */
export interface ReplyRequest {
  readonly chatId: string;
  /** The id of the user message: what the AI SDK generated, or the server's where it comes from the history. */
  readonly id: string;
  readonly content: string;
  /** Whether this is its first send, and neither an edit nor a regeneration. */
  readonly isNew: boolean;
  readonly keepLaterMessages: boolean;
  readonly options: MessageOptions;
}

/** Sends the message, or regenerates its reply if the server has stored it already. */
export async function* requestReply(
  client: Client,
  memory: ChatMemory,
  request: ReplyRequest,
): AsyncGenerator<ReplyEvent, void> {
  const { chatId, id, content, options } = request;
  const earlier = memory.sent.get(id);
  const isUnacknowledged = earlier !== undefined && earlier.id_message === undefined;
  if (request.isNew || isUnacknowledged) return yield* send();

  const id_message = earlier?.id_message ?? id;
  const stored = await client.messages.get(id_message, options).catch(undefinedIfUnknown);
  // Either deleted, or sent through another client: the key tells the server which.
  yield* stored ? regenerateReply(client, memory, request, stored) : send();

  async function* send(): AsyncGenerator<ReplyEvent, void> {
    if (!isUnacknowledged) memory.sent.set(id, { content });
    // Each retry has the same key, so a message whose response was lost is stored once.
    const stream = client.messages.stream({ content }, { ...options, idempotencyKey: id });
    const onCreated = ({ id_message }: Message) => memory.sent.set(id, { content, id_message });
    try {
      yield* followReply(memory, stream, { chatId, onCreated });
    } catch (error) {
      if (!isUnacknowledged || !isRefusal(error, 'idempotency-key-reused')) throw error;
      // The first send did arrive, with the text from before the edit.
      yield* regenerateReply(client, memory, request, await sentBefore(earlier.content));
    }
  }

  /** The message that the server stored when it was sent with this text. */
  async function sentBefore(text: string): Promise<Message> {
    for await (const event of client.messages.stream({ content: text }, { ...options, idempotencyKey: id })) {
      if (event.type === 'message-created') return event.user_message;
    }
    throw new TypeError('The stream of a send begins with its message.');
  }
}
