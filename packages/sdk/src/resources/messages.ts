import { anySignal } from '../http/any-signal.ts';
import type { Call, PageCall } from '../http/call.ts';
import { withIdempotencyKey } from '../http/idempotency-key.ts';
import type { Body, OperationCaller, Query } from '../http/operation.ts';
import type { AnyOperationCaller } from '../http/operation-caller.ts';
import { DEFAULT_TIMEOUT_MS } from '../http/send-request.ts';
import type {
  CallOptions,
  ChangeOptions,
  ClientOptions,
  MessageOptions,
  ResumeOptions,
  SendOptions,
} from '../options.ts';
import type { Exchange, Message, MessagePage } from '../schemas.ts';
import type { ReplyOperation } from '../streaming/reply-events.ts';
import { type ReplyStream, replyStream } from '../streaming/reply-stream.ts';

/** How often in a row a stream reconnects without receiving a new event. */
const STREAM_MAX_RETRIES = 5;

/** Creates the methods for messages. */
export function messagesResource(request: OperationCaller, client: ClientOptions) {
  // The cast: `accept` and `complete` are not in the OpenAPI document, and change the type of the response.
  const call = request as AnyOperationCaller;
  const stream = (
    id: ReplyOperation['id'],
    input: ReplyOperation['input'],
    { signal, maxRetries, ...options }: MessageOptions,
    reply?: string,
  ) =>
    replyStream(call, {
      id,
      input,
      options,
      reply,
      maxRetries: maxRetries ?? client.maxRetries ?? STREAM_MAX_RETRIES,
      timeoutMs: options.timeoutMs ?? client.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      signal: anySignal(client.signal, signal),
    });

  /** Requests a complete reply. A 202 means that the reply takes longer than the response may; it is then resumed to its end. */
  function completeReply(
    id: 'sendMessage' | 'regenerateReply',
    input: ReplyOperation['input'],
    options: MessageOptions,
  ) {
    async function complete(accepted: unknown): Promise<Exchange> {
      // The casts: in the OpenAPI document, every success of these operations is an exchange.
      const { user_message, bot_response } = accepted as Exchange;
      const reply = stream(id, input, options, bot_response.id_message);
      return { user_message, bot_response: await reply.finalMessage() };
    }
    return call(id, { ...options, ...input, complete }) as Call<Exchange>;
  }

  return {
    /**
     * Lists messages, newest first unless `order` is `asc`. Awaited, it returns one page, which has a `next_cursor` if there are
     * more. In a loop, it iterates over all of them.
     *
     * @example
     * const { messages, next_cursor } = await client.messages.list({ limit: 20 });
     * for await (const message of client.messages.list()) console.log(message.content);
     * const latest = await client.messages.list().toArray({ limit: 200 });
     */
    list: (query: Query<'listMessages'> = {}, options?: CallOptions): PageCall<MessagePage, Message> =>
      request('listMessages', { ...options, query }),

    /**
     * Sends a message and returns it with its complete reply, however long that takes. Retries have the same idempotency key, so
     * the message is stored once.
     *
     * @example
     * const { bot_response } = await client.messages.send({ content: 'Hello!' });
     */
    send: (body: Body<'sendMessage'>, { idempotencyKey, ...options }: SendOptions = {}): Call<Exchange> =>
      completeReply('sendMessage', withIdempotencyKey({ idempotencyKey, body: { ...body } }), options),

    /**
     * Sends a message and streams its reply. The request is sent when the stream is read.
     *
     * @example
     * for await (const event of client.messages.stream({ content: 'Hello!' })) {
     *   if (event.type === 'reply-delta') console.log(event.delta);
     * }
     */
    stream: (body: Body<'sendMessage'>, { idempotencyKey, ...options }: SendOptions = {}): ReplyStream =>
      stream('sendMessage', withIdempotencyKey({ idempotencyKey, body: { ...body } }), options),

    /** Returns a message. */
    get: (id: string, options?: MessageOptions): Call<Message> =>
      request('getMessage', { ...options, path: { id_message: id } }),

    /**
     * Replaces the text of a user message and returns the message. With `regenerate: true`, the bot generates a new reply, which
     * `resume` streams.
     *
     * @example
     * await client.messages.edit(message.id_message, { content: 'Hello again!' });
     */
    edit: (id: string, body: Body<'editMessage'>, options?: ChangeOptions): Call<Message> =>
      request('editMessage', { ...options, path: { id_message: id }, body }),

    /**
     * Permanently deletes a message. Deleting a user message also deletes its reply.
     *
     * @example
     * await client.messages.delete(message.id_message);
     */
    delete: (id: string, options?: ChangeOptions) => request('deleteMessage', { ...options, path: { id_message: id } }),

    /** Generates a new reply and returns it with its user message. `id` is that of either. */
    regenerate: (id: string, options: MessageOptions = {}): Call<Exchange> =>
      completeReply('regenerateReply', { path: { id_message: id } }, options),

    /** Generates a new reply and streams it. `id` is that of the reply or of its user message. */
    regenerateStream: (id: string, options: MessageOptions = {}): ReplyStream =>
      stream('regenerateReply', { path: { id_message: id } }, options),

    /**
     * Streams a reply, whether in progress or finished, from its start or after `lastEventId`. `id` is that of the reply or of
     * its user message.
     *
     * @example
     * const text = await client.messages.resume(message.id_message).text();
     */
    resume: (id: string, { lastEventId, ...options }: ResumeOptions = {}): ReplyStream =>
      stream('resumeReply', { lastEventId, path: { id_message: id } }, options),

    /** Stops the bot and returns the reply so far. `id` is that of the reply or of its user message. */
    cancel: (id: string, options?: MessageOptions): Call<Message> =>
      request('cancelReply', { ...options, path: { id_message: id } }),

    /**
     * Rates a reply `up` or `down`, optionally with a `note`, and returns it.
     *
     * @example
     * await client.messages.rate(bot_response.id_message, { rating: 'up' });
     */
    rate: (id: string, body: Body<'rateReply'>, options?: MessageOptions): Call<Message> =>
      request('rateReply', { ...options, path: { id_message: id }, body }),
  };
}

/** Methods for messages and replies. */
export interface Messages extends ReturnType<typeof messagesResource> {}
