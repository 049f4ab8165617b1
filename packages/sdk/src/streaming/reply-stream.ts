import { deferred } from '@async-chatbot/shared/deferred';
import { ApiError } from '../errors/api-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import type { AnyCaller } from '../http/operation-caller.ts';
import type { Message, ReplyEvent } from '../schemas.ts';
import { isLastEvent, type LastEvent } from './event-frames.ts';
import { type ReplyStart, replyEvents, replyOf } from './reply-events.ts';

/**
 * A reply as it comes. The request begins when it is read: once, by a loop, or else by `text`, `finalMessage` or `cancel`.
 * A connection that breaks is made again. Leaving the loop detaches: the bot goes on, and its reply is kept. A loop that
 * was told of `reply-failed` or `reply-interrupted` throws then, as `finalMessage` rejects.
 *
 * @example
 * const stream = client.messages.stream({ content: 'Tell me a joke' });
 * for await (const event of stream) if (event.type === 'reply-delta') console.log(event.delta);
 * const { content } = await stream.finalMessage();
 */
export interface ReplyStream extends AsyncIterable<ReplyEvent> {
  /** The text of the reply; rejects as `finalMessage` does. */
  text(): Promise<string>;
  /**
   * The reply, once it is whole or was cancelled. Rejects with an `ApiError` if the bot failed, and with a `ConnectionError`
   * if the server that wrote it is gone, or the loop was left before its end.
   */
  finalMessage(): Promise<Message>;
  /** Stops the bot and resolves to what it said, after a detachment or an abort too; a loop then ends with `reply-cancelled`. */
  cancel(): Promise<Message>;
}

/** The reply to a call, which is made when somebody reads it. */
export function replyStream(request: AnyCaller, start: ReplyStart): ReplyStream {
  const { path } = start.input;
  const replyId = deferred<string>();
  const final = deferred<Message>();
  let isRead = false;
  let isCancelled = false;
  if (start.id === 'resumeReply' && path) replyId.resolve(path.id_message);

  async function* read(): AsyncGenerator<ReplyEvent, void> {
    if (isRead) throw new TypeError('A reply stream can be read once');
    isRead = true;
    try {
      for await (const event of replyEvents(request, start, () => !isCancelled)) {
        const reply = replyOf(event);
        if (reply) replyId.resolve(reply);
        // Before it is told: a loop may ask for the message then and there, or leave.
        if (isLastEvent(event)) final.resolve(messageOf(event));
        yield event;
      }
      await final.promise;
    } catch (error) {
      final.reject(error);
      throw error;
    } finally {
      // Without effect on what is settled.
      final.reject(new ConnectionError('The reply was left before its end'));
      replyId.reject(new ConnectionError('The reply did not begin'));
    }
  }

  async function finalMessage(): Promise<Message> {
    if (!isRead) for await (const _ of read());
    return final.promise;
  }

  return {
    [Symbol.asyncIterator]: read,
    finalMessage,
    text: async () => (await finalMessage()).content,
    async cancel() {
      isCancelled = true;
      // Somebody must read which reply it is.
      if (start.id !== 'resumeReply') finalMessage().catch(() => undefined);
      const id_message = await replyId.promise;
      // The cast: the spec says that a cancelled reply is a message.
      return (await request('cancelReply', { ...start.options, path: { id_message } })) as Message;
    },
  };
}

async function messageOf(event: LastEvent): Promise<Message> {
  if ('problem' in event) throw new ApiError(event.problem.status, event.problem);
  if (event.type === 'reply-interrupted') {
    throw new ConnectionError('The server that wrote the reply is gone', { cause: event });
  }
  return event.bot_response;
}
