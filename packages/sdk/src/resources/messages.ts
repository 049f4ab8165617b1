import { idempotencyKey } from '../idempotency-key.ts';
import type { Body, OperationCaller, Query } from '../operation.ts';
import type { CallOptions } from '../options.ts';
import type { ReplyCall } from '../reply-events.ts';
import { type ReplyStream, replyStream } from '../reply-stream.ts';
import type { Request } from '../session.ts';

/** What a call about messages takes last. */
export interface MessageOptions extends CallOptions {
  /** The conversation; left out, the default one. */
  readonly id_conversation?: string;
}

/** What a call that sends takes last. */
export interface SendOptions extends MessageOptions {
  /** A word for this send and no other, kept over its retries; made up if left out. */
  readonly idempotencyKey?: string;
}

/** What a call that changes a message takes last. */
export interface ChangeOptions extends MessageOptions {
  /** The `ETag` of the version that is meant, such as `"1"`; another one is answered `message-changed`. */
  readonly ifMatch?: string;
}

/** What a call that follows a reply takes last. */
export interface ResumeOptions extends MessageOptions {
  /** The id of the last event that is known already. */
  readonly lastEventId?: string;
}

/** What the caller said and what the bot answered. */
export function messagesResource(request: OperationCaller, maxRetries?: number) {
  // The cast: a stream is the one call whose answer has another type than the operation's usual one.
  const stream = (id: ReplyCall['id'], input: ReplyCall['input']) =>
    replyStream(request as Request, { id, input: { ...(maxRetries !== undefined && { maxRetries }), ...input } });

  return {
    /**
     * A page of messages, newest first; `next_cursor` is there while older ones are left.
     *
     * @example
     * const { messages, next_cursor } = await client.messages.list({ limit: 20 });
     */
    list: (query: Query<'listMessages'> = {}, options?: CallOptions) => request('listMessages', { ...options, query }),

    /**
     * Sends a message and waits for the bot's answer. Its idempotency key makes it safe to repeat: it is sent once.
     *
     * @example
     * const { bot_response } = await client.messages.send({ content: 'Hello!' });
     */
    send: (body: Body<'sendMessage'>, options?: SendOptions) =>
      request('sendMessage', { ...about(options), ...keyed(options), body }),

    /**
     * Sends a message and tells the bot's answer as it comes.
     *
     * @example
     * for await (const event of client.messages.stream({ content: 'Hello!' })) {
     *   if (event.type === 'reply-delta') console.log(event.delta);
     * }
     */
    stream: (body: Body<'sendMessage'>, options?: SendOptions): ReplyStream =>
      stream('sendMessage', { ...about(options), ...keyed(options), body }),

    /** One message as it now stands. */
    get: (id: string, options?: MessageOptions) =>
      request('getMessage', { ...about(options), path: { id_message: id } }),

    /**
     * Replaces the text of a message of yours; with `regenerate`, the bot answers the new one, which `resume` follows.
     *
     * @example
     * await client.messages.edit(message.id_message, { content: 'Hello again!' });
     */
    edit: (id: string, body: Body<'editMessage'>, options?: ChangeOptions) =>
      request('editMessage', { ...about(options), ...ifMatch(options), path: { id_message: id }, body }),

    /**
     * Deletes a message for good, and the bot's answer to it.
     *
     * @example
     * await client.messages.delete(message.id_message);
     */
    delete: (id: string, options?: ChangeOptions) =>
      request('deleteMessage', { ...about(options), ...ifMatch(options), path: { id_message: id } }),

    /** Has the bot answer anew, and waits for it. The id is the reply's, or that of the message it answers. */
    regenerate: (id: string, options?: MessageOptions) =>
      request('regenerateReply', { ...about(options), path: { id_message: id } }),

    /** Has the bot answer anew, and tells its answer as it comes. */
    regenerateStream: (id: string, options?: MessageOptions): ReplyStream =>
      stream('regenerateReply', { ...about(options), path: { id_message: id } }),

    /**
     * Follows a reply, which may be over: from its start, or from behind an event.
     *
     * @example
     * const text = await client.messages.resume(message.id_message).text();
     */
    resume: (id: string, options?: ResumeOptions): ReplyStream =>
      stream('resumeReply', {
        ...about(options),
        ...(options?.lastEventId !== undefined && { header: { 'Last-Event-ID': options.lastEventId } }),
        path: { id_message: id },
      }),

    /** Stops the bot, and resolves to what it said. */
    cancel: (id: string, options?: MessageOptions) =>
      request('cancelReply', { ...about(options), path: { id_message: id } }),

    /**
     * Says whether a reply was good.
     *
     * @example
     * await client.messages.rate(bot_response.id_message, { rating: 'up' });
     */
    rate: (id: string, body: Body<'rateReply'>, options?: MessageOptions) =>
      request('rateReply', { ...about(options), path: { id_message: id }, body }),
  };
}

/** The options of a call as the spec has them. */
function about({ id_conversation, signal, maxRetries }: MessageOptions = {}) {
  return {
    ...(signal && { signal }),
    ...(maxRetries !== undefined && { maxRetries }),
    query: { ...(id_conversation !== undefined && { id_conversation }) },
  };
}

const ifMatch = (options: ChangeOptions | undefined) =>
  options?.ifMatch !== undefined && { header: { 'If-Match': options.ifMatch } };

const keyed = (options: SendOptions | undefined) => ({
  header: { 'Idempotency-Key': options?.idempotencyKey ?? idempotencyKey() },
});
