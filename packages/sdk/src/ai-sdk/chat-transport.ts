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
   * Maps a chat id to an `id_conversation`, or to `undefined` for the default conversation. By default, the chat id is used
   * as it is.
   *
   * @example
   * createChatTransport(client, { conversationOf: () => undefined });
   */
  readonly conversationOf?: ((chatId: string) => string | undefined | Promise<string | undefined>) | undefined;
  /**
   * Keeps the later messages on the server when a message is edited or its reply regenerated; `false` by default. `useChat`
   * always drops these messages from the page. By default, the transport also deletes them on the server once the new reply
   * begins; with `true`, a reload shows them again.
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
   * Cancels the reply in progress. Resolves to the reply so far, or to `undefined` if no reply is in progress. By contrast,
   * `stop()` of `useChat` only detaches: the bot continues, and its reply is stored.
   *
   * @example
   * <button onClick={() => transport.cancel(id)}>Stop</button>
   */
  cancel(chatId: string): Promise<Message | undefined>;
  /**
   * Loads the newest messages of a chat, oldest first. Rejects with an `ApiError` or a `ConnectionError`.
   *
   * @example
   * const messages = await transport.loadMessages(id);
   */
  loadMessages(chatId: string, options?: HistoryOptions): Promise<ChatMessage[]>;
}

/**
 * Creates a transport for `useChat`. The chat id is the `id_conversation` of an existing conversation, unless
 * `conversationOf` maps it. All transports of a client share their state, so a component may create one in each render.
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
    // Resumed replies are streamed from the start.
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
      // Waits until the server has stored the message, and rejects if the send fails.
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
      // The page shows the whole history next, and `useChat` can resume only a reply to the last message.
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
