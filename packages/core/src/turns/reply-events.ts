import type { components } from '@async-chatbot/api-spec';
import { Problem } from '@async-chatbot/shared/problem';
import { timeout } from '@async-chatbot/shared/timeout';
import type { Message } from '../ports/message.ts';
import type { Progress, ReplyFeed } from './reply-feed.ts';

type Schemas = components['schemas'];

/** A server-sent event before it is formatted. */
export interface StreamEvent {
  id?: string;
  /** How long the client waits before it resumes a stream that ends with this event. */
  retryMs?: number;
  event: Exclude<Schemas['ReplyEvent'], Schemas['ReplyFailed']> | Failed;
}

/** `ReplyFailed` with a `Problem`, which becomes a document when the request id is known. */
interface Failed extends Omit<Schemas['ReplyFailed'], 'problem'> {
  problem: Problem;
}

export interface StreamOptions {
  /** The maximum duration of a stream, since proxies end long responses. */
  streamMs: number;
  /** Aborted when the server shuts down. */
  closing: AbortSignal;
}

interface Position {
  /** The user message, if the stream begins with it. */
  created?: Message | undefined;
  /** The reply as found or created. */
  reply: Message;
  /** The id of the last event that the client received. */
  after?: string | undefined;
}

const RETRY_MS = 100;

const END_EVENTS = {
  completed: 'reply-completed',
  cancelled: 'reply-cancelled',
  interrupted: 'reply-interrupted',
} as const;

/** The id of the last event of a run. A reconnecting `EventSource` sends it, which shows that it has received the end. */
export const endId = (run: number): string => `${run}-end`;

export const isEndId = (id: string): boolean => id.endsWith('-end');

/**
 * The stream events of a reply. An event's id is `<run>-<number of UTF-16 code units sent>`, so that any server can continue
 * after any event, or `<run>-end`. Ends with the reply's end, with `stream-paused`, or without an event if the signal is aborted.
 */
export async function* replyEvents(
  feed: ReplyFeed,
  { created, reply, after }: Position,
  { streamMs, closing }: StreamOptions,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent, void> {
  if (created) yield { event: { type: 'message-created', user_message: created } };
  // After the end of an earlier run, the stream starts over.
  let [run, position = 0] = after === undefined || isEndId(after) ? [] : after.split('-').map(Number);
  const limit = timeout(streamMs);
  try {
    for await (const progress of feed(AbortSignal.any([signal, closing, limit.signal]))) {
      if (progress.run !== run) {
        run = progress.run;
        position = 0;
        yield {
          id: `${run}-0`,
          event: { type: 'reply-started', bot_response: { ...reply, content: '', status: 'pending' } },
        };
      }
      // A client that followed the generating server may be ahead of the stored text.
      const delta = progress.text.slice(position);
      position += delta.length;
      if (delta) yield { id: `${run}-${position}`, event: { type: 'reply-delta', delta } };
      if (progress.end) return yield { id: endId(run), event: endEvent(progress.end, reply, progress) };
    }
  } finally {
    limit.clear();
  }
  if (!signal.aborted) yield pausedEvent(reply.id_message);
}

export const pausedEvent = (id_message: string): StreamEvent => ({
  retryMs: RETRY_MS,
  event: { type: 'stream-paused', id_message },
});

function endEvent(
  end: NonNullable<Progress['end']>,
  reply: Message,
  { text, problem }: Progress,
): StreamEvent['event'] {
  // A reply deleted during the stream is reported as cancelled.
  const bot_response = end === 'deleted' ? { ...reply, content: text, status: 'cancelled' as const } : end;
  const { status } = bot_response;
  if (status === 'failed')
    return { type: 'reply-failed', bot_response, problem: problem ?? new Problem('bot-unavailable') };
  // The cast: a reply that has ended has one of the remaining statuses.
  return { type: END_EVENTS[status as keyof typeof END_EVENTS], bot_response };
}
