import { ConnectionError } from '../errors/connection-error.ts';
import { backoffMs, delay } from '../http/delay.ts';
import { EVENT_STREAM } from '../http/media-type.ts';
import type { AnyOperationCaller } from '../http/operation-caller.ts';
import { isAtLimit, retryDelayMs } from '../http/retry.ts';
import type { AnyOperationInput } from '../http/send-request.ts';
import type { MessageOptions } from '../options.ts';
import type { ReplyEvent } from '../schemas.ts';
import { type EventFrame, isFinalEvent } from './event-frames.ts';

/** An operation that streams the events of a reply. */
export interface ReplyOperation {
  readonly id: 'sendMessage' | 'regenerateReply' | 'resumeReply';
  /** The input without the options. For a send, it has an idempotency key. */
  readonly input: Pick<AnyOperationInput, 'body' | 'idempotencyKey' | 'lastEventId'> & {
    readonly path?: { readonly id_message: string };
  };
}

/** The operation that starts a stream, and the options of every request of the stream. */
export interface ReplyStart extends ReplyOperation {
  readonly options: MessageOptions;
  /** The id of the reply, if the operation has already been called. */
  readonly reply?: string | undefined;
  readonly maxRetries: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** How often an interrupted send is repeated. Limited, because the message itself may be what crashes the servers. */
const MAX_REPEATS = 2;

/**
 * Yields the events of a reply, over as many connections as it takes, without `stream-paused`. A send whose reply was
 * interrupted is repeated with its idempotency key if `mayRepeat` allows it, which starts a new reply.
 */
export async function* replyEvents(
  call: AnyOperationCaller,
  start: ReplyStart,
  mayRepeat: () => boolean,
): AsyncGenerator<ReplyEvent, void> {
  const { input, options, signal, maxRetries, timeoutMs } = start;
  let { reply } = start;
  let position = input.lastEventId;
  let isCreated = false;
  let refusedAtMs: number | undefined;
  let repeats = start.id === 'sendMessage' ? 0 : MAX_REPEATS;

  for (let failures = 0; ; failures += 1) {
    let delayMs = backoffMs(failures);
    let isPaused = false;
    try {
      for await (const { id, retry, event } of await connect()) {
        signal.throwIfAborted();
        refusedAtMs = undefined;
        delayMs = retry ?? delayMs;
        reply = replyIdOf(event) ?? reply;
        isPaused = event.type === 'stream-paused';
        if (isPaused) break;
        if (event.type === 'reply-interrupted' && failures < maxRetries && repeats < MAX_REPEATS && mayRepeat()) {
          repeats += 1;
          reply = undefined;
          position = undefined;
          break;
        }
        const isCreation = event.type === 'message-created';
        // The stream of a repeated send starts with `message-created` again.
        if (isCreation && isCreated) continue;
        isCreated ||= isCreation;
        if (isCreation || id !== position) failures = 0;
        position = id;
        yield event;
        if (isFinalEvent(event)) return;
      }
      if (!isPaused) throw new ConnectionError('The stream ended before the reply did');
      // A pause is not a failure, so the count starts again.
      failures = -1;
    } catch (error) {
      if (isAtLimit(error)) {
        refusedAtMs ??= Date.now();
        // The reply to an accepted request exists, so wait for as long as it takes.
        if (start.reply !== undefined || (maxRetries > 0 && Date.now() - refusedAtMs < timeoutMs)) failures -= 1;
      }
      delayMs = retryDelayMs(nextOperation().id, error, failures < maxRetries, delayMs);
    }
    await delay(delayMs, signal);
  }

  async function connect(): Promise<AsyncIterable<EventFrame>> {
    const { id, input } = nextOperation();
    const started = call(id, { ...options, ...input, signal, accept: EVENT_STREAM, maxRetries: 0 });
    const { data, response } = await started.withResponse();
    // A regeneration must not start twice, so from here on it is resumed.
    reply ??= start.input.path?.id_message;
    // The reply ended with this event. Only a stream from its start has its text and end.
    if (response.status === 204 && position !== undefined) {
      position = undefined;
      return connect();
    }
    // The cast: with this `accept`, the response is an event stream.
    return data as AsyncIterable<EventFrame>;
  }

  /** Returns the first operation until the id of the reply is known, and then `resumeReply`. */
  function nextOperation(): ReplyOperation {
    if (reply === undefined) return start;
    return { id: 'resumeReply', input: { lastEventId: position, path: { id_message: reply } } };
  }
}

/** Returns the id of the reply that an event belongs to, if the event has it. */
export function replyIdOf(event: ReplyEvent): string | undefined {
  if ('bot_response' in event) return event.bot_response.id_message;
  if ('user_message' in event) return event.user_message.id_reply;
  return 'id_message' in event ? event.id_message : undefined;
}
