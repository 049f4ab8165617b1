import type { ChatTransport, UIMessage } from 'ai';
import type { Client } from '../client.ts';
import type { MessageOptions } from '../options.ts';
import type { Message, ReplyEvent } from '../schemas.ts';
import { addShown, chatMemory } from './chat-memory.ts';
import { type ChatMessage, MAX_PAGE, textOf, toUIMessages } from './chat-message.ts';
import { chunkStream } from './chunk-stream.ts';
import { followReply } from './follow-reply.ts';
import { replyChunks } from './reply-chunks.ts';
import { replyInProgress } from './reply-in-progress.ts';
import type { ReplyRequest } from './reply-request.ts';
import { requestReply } from './request-reply.ts';

/** Options of `createChatTransport`. */
export interface ChatTransportOptions {
  /**
   * Returns the `id_conversation` for a chat id, or `undefined` for the default conversation. By default, the chat id itself.
   *
   * @example
   * createChatTransport(client, { conversationOf: () => undefined });
   */
  readonly conversationOf?: ((chatId: string) => string | undefined | Promise<string | undefined>) | undefined;
  /**
   * `useChat` drops all messages after one that is edited or regenerated, and the transport deletes them on the server once the
   * new reply begins. With `true` the server keeps them, and a reload shows them again.
   */
  readonly keepLaterMessages?: boolean | undefined;
}

/** Options of `loadMessages`. */
export interface HistoryOptions {
  /** The maximum number of messages; 100 by default. */
  readonly limit?: number | undefined;
  /** Aborts the request. */
  readonly signal?: AbortSignal | undefined;
}

/** A chat transport of the AI SDK for the Async Chatbot API. */
export interface AsyncChatTransport<M extends UIMessage = ChatMessage> extends ChatTransport<M> {
  /**
   * Cancels the reply in progress and resolves to it, or to `undefined` if there is none. `stop()` of `useChat` only detaches:
   * the bot goes on.
   *
   * @example
   * <button onClick={() => transport.cancel(id)}>Stop</button>
   */
  cancel(chatId: string): Promise<Message | undefined>;
  /**
   * Loads the newest messages of a chat, oldest first.
   *
   * @example
   * const messages = await transport.loadMessages(id);
   */
  loadMessages(chatId: string, options?: HistoryOptions): Promise<ChatMessage[]>;
}

/**
 * Creates a transport for `useChat`. The chat id is the `id_conversation` of an existing conversation.
 *
 * @example
 * const transport = createChatTransport(client);
 * const chat = useChat({ id, transport, messages: await transport.loadMessages(id), resume: true });
 */
export function createChatTransport<M extends UIMessage = ChatMessage>(
  client: Client,
  { conversationOf = (chatId) => chatId, keepLaterMessages = false }: ChatTransportOptions = {},
): AsyncChatTransport<M> {
  const memory = chatMemory(client);

  async function optionsOf(chatId: string, headers?: Record<string, string> | Headers): Promise<MessageOptions> {
    const id_conversation = await conversationOf(chatId);
    return {
      ...(id_conversation !== undefined && { id_conversation }),
      headers: Object.fromEntries(new Headers(headers)),
    };
  }

  return {
    // A resumed reply is streamed from its beginning.
    resumeStreamIsReplay: true,

    async sendMessages({ trigger, chatId, messageId, messages, abortSignal, headers }) {
      const message = messages.at(-1);
      if (message?.role !== 'user') throw new TypeError('The last message must be a user message.');
      const content = textOf(message);
      const isNew = trigger === 'submit-message' && messageId === undefined;
      const leaving = new AbortController();
      const options = { ...(await optionsOf(chatId, headers)), signal: leaving.signal };
      const request: ReplyRequest = { chatId, id: message.id, content, isNew, keepLaterMessages, options };
      const chunks = replyChunks(requestReply(client, memory, request));
      return chunkStream(chunks, () => leaving.abort(), abortSignal);
    },

    async reconnectToStream({ chatId, abortSignal, headers }) {
      const leaving = new AbortController();
      const options = await optionsOf(chatId, headers);
      const reply = await replyInProgress(client, memory, chatId, { ...options, signal: abortSignal }, 1);
      if (!reply) return null;
      const stream = client.messages.resume(reply.id_message, { ...options, signal: leaving.signal });
      const events: AsyncGenerator<ReplyEvent, void> = followReply(memory, stream, {
        chatId,
        id_message: reply.reply_to,
        id_reply: reply.id_message,
      });
      return chunkStream(replyChunks(events), () => leaving.abort(), abortSignal);
    },

    async cancel(chatId) {
      // It waits until the server has stored the message, and rejects if the send fails.
      const cancelled = await memory.following
        .get(chatId)
        ?.cancel()
        .catch(() => undefined);
      if (cancelled) return cancelled;
      const options = await optionsOf(chatId);
      const reply = await replyInProgress(client, memory, chatId, options);
      return reply && client.messages.cancel(reply.id_message, options);
    },

    async loadMessages(chatId, { limit = MAX_PAGE, signal } = {}) {
      if (limit === 0) return [];
      // The page will show the whole history, where an older reply cannot be resumed as the last message.
      memory.inProgress.delete(chatId);
      const { id_conversation } = await optionsOf(chatId);
      const query = { limit: Math.min(limit, MAX_PAGE), ...(id_conversation !== undefined && { id_conversation }) };
      const messages = await client.messages.list(query, { ...(signal && { signal }) }).toArray({ limit });
      const userMessages = messages.filter(({ is_bot }) => !is_bot);
      addShown(memory, chatId, ...userMessages.map(({ id_message }) => id_message));
      return toUIMessages(messages);
    },
  };
}
