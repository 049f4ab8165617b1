import { eventParser } from '@async-chatbot/shared/event-stream';
import type { Watch } from '../http/request-timeout.ts';
import type { ReplyEvent } from '../schemas.ts';
import { chunksOf } from './body-chunks.ts';

/** An event as it came in a stream. */
export interface EventFrame<Event = ReplyEvent> {
  /** What `lastEventId` takes to go on behind this event. */
  readonly id?: string;
  /** How many milliseconds to wait before going on, where the server says so. */
  readonly retry?: number;
  /** What happened. */
  readonly event: Event;
}

/** Which events there are, and whether one is the last of its reply; the compiler tells when one is missing. */
const isLast: Readonly<Record<ReplyEvent['type'], boolean>> = {
  'message-created': false,
  'reply-started': false,
  'reply-delta': false,
  'reply-completed': true,
  'reply-failed': true,
  'reply-cancelled': true,
  'reply-interrupted': true,
  'stream-paused': false,
};

/** An event after which nothing comes. */
export type LastEvent = Extract<
  ReplyEvent,
  { type: 'reply-completed' | 'reply-failed' | 'reply-cancelled' | 'reply-interrupted' }
>;

/** Whether nothing comes after this event. */
export function isLastEvent(event: ReplyEvent): event is LastEvent {
  return isLast[event.type];
}

/**
 * The events of one connection, as they come; those of an unknown name are passed over. What is no event stream, or
 * breaks off, is lost; what ends in peace just ends. Leaving the loop cancels the request.
 */
export async function* readFrames(body: ReadableStream<Uint8Array>, watch: Watch): AsyncGenerator<EventFrame> {
  const parser = eventParser();
  try {
    for await (const chunk of chunksOf(body, watch)) {
      for (const { event = '', data, ...frame } of parser.push(chunk)) {
        // A newer server may tell more.
        if (Object.hasOwn(isLast, event)) yield { ...frame, event: JSON.parse(data) };
      }
    }
  } catch (cause) {
    watch.lost(cause);
  }
}
