import { eventParser } from '@async-chatbot/shared/event-stream';
import type { RequestTimeout } from '../http/request-timeout.ts';
import type { ReplyEvent } from '../schemas.ts';
import { bodyChunks } from './body-chunks.ts';

/** A stream event with its id and the retry delay. */
export interface EventFrame<Event = ReplyEvent> {
  /** The `lastEventId` that continues the stream after this event. */
  readonly id?: string;
  /** How many milliseconds to wait before reconnecting, if the server sends it. */
  readonly retry?: number;
  /** The event. */
  readonly event: Event;
}

/** Whether an event ends its reply. The compiler reports missing event types. */
const isFinal: Readonly<Record<ReplyEvent['type'], boolean>> = {
  'message-created': false,
  'reply-started': false,
  'reply-delta': false,
  'reply-completed': true,
  'reply-failed': true,
  'reply-cancelled': true,
  'reply-interrupted': true,
  'stream-paused': false,
};

/** An event that ends a reply. */
export type FinalEvent = Extract<
  ReplyEvent,
  { type: 'reply-completed' | 'reply-failed' | 'reply-cancelled' | 'reply-interrupted' }
>;

/** Returns whether this event ends its reply. */
export function isFinalEvent(event: ReplyEvent): event is FinalEvent {
  return isFinal[event.type];
}

/**
 * Yields the events of one connection as they arrive. Throws if the stream is invalid or the connection is lost, but not if
 * the stream ends before the reply does. Leaving the loop cancels the request.
 */
export async function* readEventFrames(
  body: ReadableStream<Uint8Array>,
  timeout: RequestTimeout,
): AsyncGenerator<EventFrame> {
  const parser = eventParser();
  try {
    for await (const chunk of bodyChunks(body, timeout)) {
      for (const { event = '', data, ...frame } of parser.push(chunk)) {
        // A newer server may send other types.
        if (Object.hasOwn(isFinal, event)) yield { ...frame, event: JSON.parse(data) };
      }
    }
  } catch (cause) {
    timeout.fail(cause);
  }
}

/** The events after the end of a reply: none. */
export async function* noEventFrames(): AsyncGenerator<EventFrame> {}
