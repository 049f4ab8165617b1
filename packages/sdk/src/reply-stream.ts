import { ApiError } from './api-error.ts';
import type { AnyInput } from './attempt.ts';
import { ConnectionError } from './connection-error.ts';
import { deferred } from './deferred.ts';
import { type EventFrame, isLastEvent, type LastEvent } from './event-frames.ts';
import { EVENT_STREAM } from './media-type.ts';
import type { OperationId } from './operation.ts';
import { backoffMs, pause } from './pause.ts';
import type { Message, ReplyEvent } from './schemas.ts';

/**
 * A reply as it comes. It may be read once, by a loop, by `text` or by `finalMessage`, and connects again by itself when its
 * connection breaks. Leaving the loop detaches: the bot goes on, and its reply is kept.
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
  /** Stops the bot and resolves to what it said; the stream then ends with `reply-cancelled`. */
  cancel(): Promise<Message>;
}

/** A call that is answered with the events of a reply. */
export interface Start {
  readonly id: OperationId;
  readonly input: AnyInput;
}

type Request = (id: OperationId, input: AnyInput) => Promise<unknown>;

/** How often in a row a stream connects again without being told a word more. */
const MOST_RECONNECTS = 5;

/** The stream connects when somebody first reads it. */
export function replyStream(request: Request, start: Start): ReplyStream {
  const { signal, query, header } = start.input;
  const isKeyed = header !== undefined && 'Idempotency-Key' in header;
  const replyId = deferred<string>();
  const final = deferred<Message>();
  let isRead = false;

  async function* events(): AsyncGenerator<ReplyEvent, void> {
    let call = start;
    for (let failures = 0; ; failures += 1) {
      if (failures > MOST_RECONNECTS) throw new ConnectionError('The reply broke off again and again', undefined);
      let retryMs: number | undefined;
      try {
        // The cast: who asks for events is answered with them.
        const frames = (await request(call.id, { ...call.input, accept: EVENT_STREAM })) as AsyncIterable<EventFrame>;
        for await (const { id, retry, event } of frames) {
          if (event.type === 'reply-delta') failures = 0;
          retryMs = retry;
          // With its key, the same message is answered to its end.
          const isRescued = event.type === 'reply-interrupted' && isKeyed && failures < MOST_RECONNECTS;
          call = isRescued ? start : behind(event, id, call);
          if (isRescued || event.type === 'stream-paused') break;
          yield event;
          if (isLastEvent(event)) return final.resolve(messageOf(event));
        }
      } catch (error) {
        // What may have been done must not be done again.
        if (!(error instanceof ConnectionError) || (call === start && call.id === 'regenerateReply')) throw error;
      }
      await pause(retryMs ?? backoffMs(failures), signal);
    }
  }

  /** How to go on behind an event. Before the reply is known, it is the same call: with its key, the same message. */
  function behind(event: ReplyEvent, id: string | undefined, before: Start): Start {
    const reply = replyOf(event);
    if (reply) replyId.resolve(reply);
    const path = reply ? { id_message: reply } : before.input.path;
    if (!path) return before;
    const position = id === undefined ? {} : { header: { 'Last-Event-ID': id } };
    return { id: 'resumeReply', input: { path, query, ...position, ...(signal && { signal }) } };
  }

  async function* read(): AsyncGenerator<ReplyEvent, void> {
    if (isRead) throw new TypeError('A reply stream can be read once');
    isRead = true;
    try {
      yield* events();
    } catch (error) {
      final.reject(error);
      throw error;
    } finally {
      // Without effect on what is settled.
      final.reject(new ConnectionError('The reply was left before its end', undefined));
      replyId.reject(new ConnectionError('The reply did not begin', undefined));
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
      if (!isRead) finalMessage().catch(() => undefined);
      const input = { path: { id_message: await replyId.promise }, query, ...(signal && { signal }) };
      // The cast: the spec says that a cancelled reply is a message.
      return (await request('cancelReply', input)) as Message;
    },
  };
}

function messageOf(event: LastEvent): Message {
  if (event.type === 'reply-failed') throw new ApiError(event.problem.status, event.problem);
  if (event.type === 'reply-interrupted') throw new ConnectionError('The server that wrote the reply is gone', event);
  return event.bot_response;
}

/** The reply that an event is about, if it says so. */
function replyOf(event: ReplyEvent): string | undefined {
  if ('bot_response' in event) return event.bot_response.id_message;
  if ('user_message' in event) return event.user_message.id_reply;
  return 'id_message' in event ? event.id_message : undefined;
}
