import type { ChatTransport, UIMessage } from 'ai';
import type { Client } from '../client.ts';
import type { MessageOptions } from '../options.ts';
import type { Message, ReplyEvent } from '../schemas.ts';
import { chatMemory } from './chat-memory.ts';
import { type ChatMessage, isInProgress, textOf, toUIMessages } from './chat-message.ts';
import { chunkStream } from './chunk-stream.ts';
import { followReply } from './follow-reply.ts';
import { replyChunks } from './reply-chunks.ts';
import { type ReplyRequest, requestReply } from './request-reply.ts';

/** How a transport is made. */
export interface ChatTransportOptions {
  /**
   * The conversation of a chat, where it is not the one whose id is the chat's id; `undefined` is the default conversation.
   *
   * @example
   * createChatTransport(client, { conversationOf: () => undefined });
   */
  readonly conversationOf?: ((chatId: string) => string | undefined | Promise<string | undefined>) | undefined;
  /**
   * `useChat` drops the messages behind one that is edited or regenerated. So the transport deletes them on the server, unless
   * this is true: then they are back after a reload.
   */
  readonly keepLaterMessages?: boolean | undefined;
}

/** How much of a chat is loaded. */
export interface HistoryOptions {
  /** How many of the newest messages; 100 if left out. */
  readonly limit?: number | undefined;
  /** Aborts the loading. */
  readonly signal?: AbortSignal | undefined;
}

/** A transport of the AI SDK on the Async Chatbot API. */
export interface AsyncChatTransport<M extends UIMessage = ChatMessage> extends ChatTransport<M> {
  /**
   * Stops the bot, keeps what it said, and resolves to that; to `undefined` if no reply is in progress. `stop()` of `useChat`
   * only stops reading: the bot goes on.
   *
   * @example
   * <button onClick={() => transport.cancel(id)}>Stop</button>
   */
  cancel(chatId: string): Promise<Message | undefined>;
  /**
   * The newest messages of a chat, oldest first.
   *
   * @example
   * const messages = await transport.loadMessages(id);
   */
  loadMessages(chatId: string, options?: HistoryOptions): Promise<ChatMessage[]>;
}

/**
 * Makes a transport for `useChat`. The id of the chat is the `id_conversation` of a conversation that exists.
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

  /** The reply that the bot is generating, which is the newest message. */
  async function replyInProgress({ id_conversation, ...options }: MessageOptions): Promise<Message | undefined> {
    const query = { limit: 1, ...(id_conversation !== undefined && { id_conversation }) };
    return (await client.messages.list(query, options)).messages.find(isInProgress);
  }

  return {
    // A resumed reply is streamed from its beginning.
    resumeStreamIsReplay: true,

    async sendMessages({ trigger, chatId, messageId, messages, abortSignal, headers }) {
      const message = messages.at(-1);
      if (message?.role !== 'user') throw new TypeError('The last message must be one of the user.');
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
      const reply = await replyInProgress({ ...options, ...(abortSignal && { signal: abortSignal }) });
      if (!reply) return null;
      const stream = client.messages.resume(reply.id_message, { ...options, signal: leaving.signal });
      const events: AsyncGenerator<ReplyEvent, void> = followReply(memory, stream, {
        chatId,
        id_message: reply.reply_to,
      });
      return chunkStream(replyChunks(events), () => leaving.abort(), abortSignal);
    },

    async cancel(chatId) {
      // It knows its reply, or will as soon as the send is acknowledged; where the send fails there is none.
      const cancelled = await memory.following
        .get(chatId)
        ?.cancel()
        .catch(() => undefined);
      if (cancelled) return cancelled;
      const options = await optionsOf(chatId);
      const reply = await replyInProgress(options);
      return reply && client.messages.cancel(reply.id_message, options);
    },

    async loadMessages(chatId, { limit = 100, signal } = {}) {
      const { id_conversation } = await optionsOf(chatId);
      const query = { limit: Math.min(limit, 100), ...(id_conversation !== undefined && { id_conversation }) };
      return toUIMessages(await client.messages.list(query, { ...(signal && { signal }) }).toArray({ limit }));
    },
  };
}
