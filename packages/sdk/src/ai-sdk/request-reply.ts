import type { Client } from '../client.ts';
import type { MessageOptions } from '../options.ts';
import type { Message, ReplyEvent } from '../schemas.ts';
import { answerAgain } from './answer-again.ts';
import type { ChatMemory } from './chat-memory.ts';
import { followReply } from './follow-reply.ts';
import { isRefusal, undefinedIfUnknown } from './refusal.ts';

/** A reply that the AI SDK asks for. */
export interface ReplyRequest {
  readonly chatId: string;
  /** The id of the user message: what the AI SDK generated, or the server's where it comes from the history. */
  readonly id: string;
  readonly content: string;
  /** Whether it was just written, and is neither edited nor to be answered again. */
  readonly isNew: boolean;
  readonly keepLaterMessages: boolean;
  readonly options: MessageOptions;
}

/** Sends the message, unless the server has it: then the bot answers it again, with its new text if it was edited. */
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
  // Deleted meanwhile, or sent by a page whose memory is gone: the key tells the server which of the two it is.
  yield* stored ? answerAgain(client, memory, request, stored) : send();

  async function* send(): AsyncGenerator<ReplyEvent, void> {
    if (!isUnacknowledged) memory.sent.set(id, { content });
    // The same key however often it is sent, so a message whose acknowledgement was lost is stored once.
    const stream = client.messages.stream({ content }, { ...options, idempotencyKey: id });
    const onCreated = ({ id_message }: Message) => memory.sent.set(id, { content, id_message });
    try {
      yield* followReply(memory, stream, { chatId, onCreated });
    } catch (error) {
      if (!isUnacknowledged || !isRefusal(error, 'idempotency-key-reused')) throw error;
      // It was stored after all, with the text from before it was edited.
      yield* answerAgain(client, memory, request, await sentBefore(earlier.content));
    }
  }

  /** What the server stored when the message was sent with this text. */
  async function sentBefore(text: string): Promise<Message> {
    for await (const event of client.messages.stream({ content: text }, { ...options, idempotencyKey: id })) {
      if (event.type === 'message-created') return event.user_message;
    }
    throw new TypeError('The stream of a send begins with its message.');
  }
}
