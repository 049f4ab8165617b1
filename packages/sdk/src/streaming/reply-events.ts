import { ApiError } from '../errors/api-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { backoffMs, pause } from '../http/delay.ts';
import { EVENT_STREAM } from '../http/media-type.ts';
import type { AnyCaller } from '../http/operation-caller.ts';
import { retryDelayMs } from '../http/retry.ts';
import type { AnyInput } from '../http/send-request.ts';
import type { MessageOptions } from '../options.ts';
import type { ReplyEvent } from '../schemas.ts';
import { type EventFrame, isLastEvent } from './event-frames.ts';

/** A call that is answered with the events of a reply. */
export interface ReplyCall {
  readonly id: 'sendMessage' | 'regenerateReply' | 'resumeReply';
  /** What is for this call alone. A send has a key. */
  readonly input: Pick<AnyInput, 'body' | 'idempotencyKey' | 'lastEventId'> & {
    readonly path?: { readonly id_message: string };
  };
}

/** How a reply begins, and what every call about it takes. */
export interface ReplyStart extends ReplyCall {
  readonly options: MessageOptions;
  /** The reply, if the call was already made. */
  readonly reply?: string | undefined;
  readonly maxRetries: number;
  readonly signal: AbortSignal;
}

/** How often a send is repeated because its answer was interrupted; it may be the message that brings servers down. */
const MOST_REPEATS = 2;

/**
 * The events of a reply, from as many connections as it takes; pauses are not among them. A send whose answer was
 * interrupted is repeated under its key while that `isWanted`, and its answer begins anew.
 */
export async function* replyEvents(
  request: AnyCaller,
  start: ReplyStart,
  isWanted: () => boolean,
): AsyncGenerator<ReplyEvent, void> {
  const { input, options, signal, maxRetries } = start;
  let { reply } = start;
  let position = input.lastEventId;
  let isCreated = false;
  let repeats = start.id === 'sendMessage' ? 0 : MOST_REPEATS;

  for (let failures = 0; ; failures += 1) {
    let waitMs = backoffMs(failures);
    let isPaused = false;
    try {
      for await (const { id, retry, event } of await connect()) {
        signal.throwIfAborted();
        waitMs = retry ?? waitMs;
        reply = replyOf(event) ?? reply;
        isPaused = event.type === 'stream-paused';
        if (isPaused) break;
        if (event.type === 'reply-interrupted' && failures < maxRetries && repeats < MOST_REPEATS && isWanted()) {
          repeats += 1;
          reply = undefined;
          position = undefined;
          break;
        }
        const isCreation = event.type === 'message-created';
        // A repeated send begins with it again.
        if (isCreation && isCreated) continue;
        isCreated ||= isCreation;
        if (isCreation || id !== position) failures = 0;
        position = id;
        yield event;
        if (isLastEvent(event)) return;
      }
      if (!isPaused) throw new ConnectionError('The stream ended before the reply');
      // A pause is no failure: the next connection is as the first.
      failures = -1;
    } catch (error) {
      // An accepted call has its reply, so it waits for a free stream as long as it takes.
      if (start.reply && error instanceof ApiError && error.code === 'too-many-streams') failures -= 1;
      waitMs = retryDelayMs(call().id, error, failures < maxRetries, waitMs);
    }
    await pause(waitMs, signal);
  }

  async function connect(): Promise<AsyncIterable<EventFrame>> {
    const { id, input } = call();
    const frames = await request(id, { ...options, ...input, signal, accept: EVENT_STREAM, maxRetries: 0 });
    // What is begun must not begin twice, so from here on it is followed.
    reply ??= start.input.path?.id_message;
    // The cast: who asks for events is answered with them.
    return frames as AsyncIterable<EventFrame>;
  }

  /** How to go on: the start again, until it is known which reply to follow. */
  function call(): ReplyCall {
    if (reply === undefined) return start;
    return { id: 'resumeReply', input: { lastEventId: position, path: { id_message: reply } } };
  }
}

/** The reply that an event is about, if it says so. */
export function replyOf(event: ReplyEvent): string | undefined {
  if ('bot_response' in event) return event.bot_response.id_message;
  if ('user_message' in event) return event.user_message.id_reply;
  return 'id_message' in event ? event.id_message : undefined;
}
