import { deferred } from '@async-chatbot/shared/deferred';
import { ApiError } from '../errors/api-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import type { AnyOperationCaller } from '../http/operation-caller.ts';
import type { Message, ReplyEvent } from '../schemas.ts';
import { type FinalEvent, isFinalEvent } from './event-frames.ts';
import { type ReplyStart, replyEvents, replyIdOf } from './reply-events.ts';

/**
 * The events of a reply. Reading it sends the request, and it can be read once: by a loop, or else by `text`, `finalMessage`
 * or `cancel`. Reconnects after a lost connection. Leaving the loop detaches: the bot goes on, and its reply is stored.
 * After `reply-failed` or `reply-interrupted` a loop throws the error with which `finalMessage` rejects.
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
   * The reply, once it is complete or cancelled. Rejects with an `ApiError` if the bot failed, and with a `ConnectionError`
   * if the server that generated it stopped, or the loop was left before the end.
   */
  finalMessage(): Promise<Message>;
  /**
   * Stops the bot and resolves to the reply so far, even after a detachment or an abort. A loop then ends with
   * `reply-cancelled`.
   */
  cancel(): Promise<Message>;
}

/** A reply whose request is sent when it is read. */
export function replyStream(call: AnyOperationCaller, start: ReplyStart): ReplyStream {
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
      for await (const event of replyEvents(call, start, () => !isCancelled)) {
        const id = replyIdOf(event);
        if (id) replyId.resolve(id);
        // Before the `yield`, since the loop may await the message there, or leave.
        if (isFinalEvent(event)) final.resolve(messageOf(event));
        yield event;
      }
      await final.promise;
    } catch (error) {
      final.reject(error);
      throw error;
    } finally {
      // Has no effect after a settlement above.
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
      // The events have the id of the reply, so they must be read.
      if (start.id !== 'resumeReply') finalMessage().catch(() => undefined);
      const id_message = await replyId.promise;
      // The cast: by the OpenAPI document, the response of this operation is a message.
      return (await call('cancelReply', { ...start.options, path: { id_message } })) as Message;
    },
  };
}

async function messageOf(event: FinalEvent): Promise<Message> {
  if ('problem' in event) throw new ApiError(event.problem.status, event.problem);
  if (event.type === 'reply-interrupted') {
    throw new ConnectionError('The server that generated the reply stopped', { cause: event });
  }
  return event.bot_response;
}
