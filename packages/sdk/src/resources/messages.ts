import { anySignal } from '../http/any-signal.ts';
import type { Call, PageCall } from '../http/call.ts';
import { withIdempotencyKey } from '../http/idempotency-key.ts';
import type { Body, OperationCaller, Query } from '../http/operation.ts';
import type { AnyOperationCaller } from '../http/operation-caller.ts';
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

/** How often a stream reconnects in a row without a new event. */
const STREAM_MAX_RETRIES = 5;

/** The messages of the user and the replies of the bot. */
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
      signal: anySignal(client.signal, signal),
    });

  /** Requests a complete reply. After a 202, for a reply that takes longer than a response may, resumes it to its end. */
  function completeReply(
    id: 'sendMessage' | 'regenerateReply',
    input: ReplyOperation['input'],
    options: MessageOptions,
  ) {
    async function complete(accepted: unknown): Promise<Exchange> {
      // The casts: by the OpenAPI document, the 202 and the success of these operations are exchanges.
      const { user_message, bot_response } = accepted as Exchange;
      const reply = stream(id, input, options, bot_response.id_message);
      return { user_message, bot_response: await reply.finalMessage() };
    }
    return call(id, { ...options, ...input, complete }) as Call<Exchange>;
  }

  return {
    /**
     * Lists messages, newest first: a page with a `next_cursor` while there are older ones, or all of them in a loop.
     *
     * @example
     * const { messages, next_cursor } = await client.messages.list({ limit: 20 });
     * for await (const message of client.messages.list()) console.log(message.content);
     * const latest = await client.messages.list().toArray({ limit: 200 });
     */
    list: (query: Query<'listMessages'> = {}, options?: CallOptions): PageCall<MessagePage, Message> =>
      request('listMessages', { ...options, query }),

    /**
     * Sends a message and returns it with its reply. Retries have the same idempotency key, so it is stored once.
     *
     * @example
     * const { bot_response } = await client.messages.send({ content: 'Hello!' });
     */
    send: (body: Body<'sendMessage'>, { idempotencyKey, ...options }: SendOptions = {}): Call<Exchange> =>
      completeReply('sendMessage', withIdempotencyKey({ idempotencyKey, body: { ...body } }), options),

    /**
     * Sends a message and streams its reply.
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
     * Replaces the text of a user message. With `regenerate`, the bot generates a new reply, which `resume` streams.
     *
     * @example
     * await client.messages.edit(message.id_message, { content: 'Hello again!' });
     */
    edit: (id: string, body: Body<'editMessage'>, options?: ChangeOptions): Call<Message> =>
      request('editMessage', { ...options, path: { id_message: id }, body }),

    /**
     * Permanently deletes a message and its reply.
     *
     * @example
     * await client.messages.delete(message.id_message);
     */
    delete: (id: string, options?: ChangeOptions) => request('deleteMessage', { ...options, path: { id_message: id } }),

    /** Generates a new reply and returns it. The id is that of the reply or of its user message. */
    regenerate: (id: string, options: MessageOptions = {}): Call<Exchange> =>
      completeReply('regenerateReply', { path: { id_message: id } }, options),

    /** Generates a new reply and streams it. The id is that of the reply or of its user message. */
    regenerateStream: (id: string, options: MessageOptions = {}): ReplyStream =>
      stream('regenerateReply', { path: { id_message: id } }, options),

    /**
     * Streams a reply, whether in progress or finished: from its start, or after an event.
     *
     * @example
     * const text = await client.messages.resume(message.id_message).text();
     */
    resume: (id: string, { lastEventId, ...options }: ResumeOptions = {}): ReplyStream =>
      stream('resumeReply', { lastEventId, path: { id_message: id } }, options),

    /** Stops the bot and returns the reply so far. */
    cancel: (id: string, options?: MessageOptions): Call<Message> =>
      request('cancelReply', { ...options, path: { id_message: id } }),

    /**
     * Rates a reply.
     *
     * @example
     * await client.messages.rate(bot_response.id_message, { rating: 'up' });
     */
    rate: (id: string, body: Body<'rateReply'>, options?: MessageOptions): Call<Message> =>
      request('rateReply', { ...options, path: { id_message: id }, body }),
  };
}

/** The messages of the user and the replies of the bot. */
export interface Messages extends ReturnType<typeof messagesResource> {}
