import { deferred } from '@async-chatbot/shared/deferred';
import { ApiError } from '../errors/api-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import type { AnyOperationCaller } from '../http/operation-caller.ts';
import type { Message, ReplyEvent } from '../schemas.ts';
import { type FinalEvent, isFinalEvent } from './event-frames.ts';
import { type ReplyStart, replyEvents, replyIdOf } from './reply-events.ts';

/**
 * The events of a reply. Reading the stream sends the request. It can be read once: by a loop or, without one, by `text`,
 * `finalMessage` or `cancel`. It reconnects after a lost connection. Leaving the loop detaches: the bot continues, and its reply
 * is stored. After `reply-failed` or `reply-interrupted`, the loop throws the error with which `finalMessage` rejects.
 *
 * @example
 * const stream = client.messages.stream({ content: 'Tell me a joke' });
 * for await (const event of stream) if (event.type === 'reply-delta') console.log(event.delta);
 * const { content } = await stream.finalMessage();
 */
export interface ReplyStream extends AsyncIterable<ReplyEvent> {
  /** Resolves to the text of the reply. Rejects as `finalMessage` does. */
  text(): Promise<string>;
  /**
   * Resolves to the reply once it is completed or cancelled. Rejects with an `ApiError` if the bot fails, and with a
   * `ConnectionError` if the server that generates it stops or if the loop is left before the end.
   */
  finalMessage(): Promise<Message>;
  /**
   * Stops the bot and resolves to the reply so far, even after the loop was left or the signal aborted. A loop that is still
   * reading ends with `reply-cancelled`.
   */
  cancel(): Promise<Message>;
}

/** Creates a reply stream, which sends its request when it is read. */
export function replyStream(call: AnyOperationCaller, start: ReplyStart): ReplyStream {
  const { path } = start.input;
  const replyId = deferred<string>();
  const final = deferred<Message>();
  let isRead = false;
  let isCancelled = false;
  if (start.id === 'resumeReply' && path) replyId.resolve(path.id_message);

  async function* read(): AsyncGenerator<ReplyEvent, void> {
    if (isRead) throw new TypeError('A reply stream can be read only once');
    isRead = true;
    try {
      for await (const event of replyEvents(call, start, () => !isCancelled)) {
        const id = replyIdOf(event);
        if (id) replyId.resolve(id);
        // Before the `yield`, because the loop may await the message there, or end.
        if (isFinalEvent(event)) final.resolve(messageOf(event));
        yield event;
      }
      await final.promise;
    } catch (error) {
      final.reject(error);
      throw error;
    } finally {
      // No effect if already settled above.
      final.reject(new ConnectionError('The loop was left before the reply ended'));
      replyId.reject(new ConnectionError('The reply did not start, so there is nothing to cancel'));
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
      // The id of the reply comes with the events, so they must be read.
      if (start.id !== 'resumeReply') finalMessage().catch(() => undefined);
      const id_message = await replyId.promise;
      // The cast: in the OpenAPI document, the response of this operation is a message.
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
