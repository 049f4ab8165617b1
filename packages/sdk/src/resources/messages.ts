import { anySignal } from '../http/any-signal.ts';
import type { Call, PageCall } from '../http/call.ts';
import { withKey } from '../http/idempotency-key.ts';
import type { Body, OperationCaller, Query } from '../http/operation.ts';
import type { AnyCaller } from '../http/operation-caller.ts';
import type {
  CallOptions,
  ChangeOptions,
  ClientOptions,
  MessageOptions,
  ResumeOptions,
  SendOptions,
} from '../options.ts';
import type { Exchange, Message, MessagePage } from '../schemas.ts';
import type { ReplyCall } from '../streaming/reply-events.ts';
import { type ReplyStream, replyStream } from '../streaming/reply-stream.ts';

/** How often in a row a stream connects again without being told anything new. */
const STREAM_MAX_RETRIES = 5;

/** What the caller said and what the bot answered. */
export function messagesResource(request: OperationCaller, client: ClientOptions) {
  // The cast: a stream is the one call whose answer has another type than the operation's usual one.
  const call = request as AnyCaller;
  const stream = (
    id: ReplyCall['id'],
    input: ReplyCall['input'],
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

  /** Makes a call for a whole reply; one that takes longer than a response may is followed to its end. */
  function whole(id: 'sendMessage' | 'regenerateReply', input: ReplyCall['input'], options: MessageOptions) {
    async function complete(accepted: unknown): Promise<Exchange> {
      // The casts: the spec says so of a 202 of these operations, and of their success.
      const { user_message, bot_response } = accepted as Exchange;
      const reply = stream(id, input, options, bot_response.id_message);
      return { user_message, bot_response: await reply.finalMessage() };
    }
    return call(id, { ...options, ...input, complete }) as Call<Exchange>;
  }

  return {
    /**
     * A page of messages, newest first; `next_cursor` is there while older ones are left. As a loop, all messages.
     *
     * @example
     * const { messages, next_cursor } = await client.messages.list({ limit: 20 });
     * for await (const message of client.messages.list()) console.log(message.content);
     * const latest = await client.messages.list().toArray({ limit: 200 });
     */
    list: (query: Query<'listMessages'> = {}, options?: CallOptions): PageCall<MessagePage, Message> =>
      request('listMessages', { ...options, query }),

    /**
     * Sends a message and waits for the bot's answer. Its idempotency key makes it safe to repeat: it is sent once.
     *
     * @example
     * const { bot_response } = await client.messages.send({ content: 'Hello!' });
     */
    send: (body: Body<'sendMessage'>, { idempotencyKey, ...options }: SendOptions = {}): Call<Exchange> =>
      whole('sendMessage', withKey({ idempotencyKey, body: { ...body } }), options),

    /**
     * Sends a message and tells the bot's answer as it comes.
     *
     * @example
     * for await (const event of client.messages.stream({ content: 'Hello!' })) {
     *   if (event.type === 'reply-delta') console.log(event.delta);
     * }
     */
    stream: (body: Body<'sendMessage'>, { idempotencyKey, ...options }: SendOptions = {}): ReplyStream =>
      stream('sendMessage', withKey({ idempotencyKey, body: { ...body } }), options),

    /** One message as it now stands. */
    get: (id: string, options?: MessageOptions): Call<Message> =>
      request('getMessage', { ...options, path: { id_message: id } }),

    /**
     * Replaces the text of a message of yours; with `regenerate`, the bot answers the new one, which `resume` follows.
     *
     * @example
     * await client.messages.edit(message.id_message, { content: 'Hello again!' });
     */
    edit: (id: string, body: Body<'editMessage'>, options?: ChangeOptions): Call<Message> =>
      request('editMessage', { ...options, path: { id_message: id }, body }),

    /**
     * Deletes a message for good, and the bot's answer to it.
     *
     * @example
     * await client.messages.delete(message.id_message);
     */
    delete: (id: string, options?: ChangeOptions) => request('deleteMessage', { ...options, path: { id_message: id } }),

    /** Has the bot answer anew, and waits for it. The id is the reply's, or that of the message it answers. */
    regenerate: (id: string, options: MessageOptions = {}): Call<Exchange> =>
      whole('regenerateReply', { path: { id_message: id } }, options),

    /** Has the bot answer anew, and tells its answer as it comes. */
    regenerateStream: (id: string, options: MessageOptions = {}): ReplyStream =>
      stream('regenerateReply', { path: { id_message: id } }, options),

    /**
     * Follows a reply, which may be over: from its start, or from behind an event.
     *
     * @example
     * const text = await client.messages.resume(message.id_message).text();
     */
    resume: (id: string, { lastEventId, ...options }: ResumeOptions = {}): ReplyStream =>
      stream('resumeReply', { lastEventId, path: { id_message: id } }, options),

    /** Stops the bot, and resolves to what it said. */
    cancel: (id: string, options?: MessageOptions): Call<Message> =>
      request('cancelReply', { ...options, path: { id_message: id } }),

    /**
     * Says whether a reply was good.
     *
     * @example
     * await client.messages.rate(bot_response.id_message, { rating: 'up' });
     */
    rate: (id: string, body: Body<'rateReply'>, options?: MessageOptions): Call<Message> =>
      request('rateReply', { ...options, path: { id_message: id }, body }),
  };
}

/** What the caller said and what the bot answered. */
export interface Messages extends ReturnType<typeof messagesResource> {}
