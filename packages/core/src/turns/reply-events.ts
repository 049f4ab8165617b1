import type { components } from '@async-chatbot/api-spec';
import { Problem } from '@async-chatbot/shared/problem';
import { timeout } from '@async-chatbot/shared/timeout';
import type { Message } from '../ports/message.ts';
import type { Progress, ReplyFeed } from './reply-feed.ts';

type Schemas = components['schemas'];

/** A server-sent event before it is written. */
export interface StreamEvent {
  id?: string;
  /** How many milliseconds a client waits before it resumes a stream that ends here. */
  retryMs?: number;
  event: Exclude<Schemas['ReplyEvent'], Schemas['ReplyFailed']> | Failed;
}

/** `ReplyFailed` before its problem names a request. */
interface Failed extends Omit<Schemas['ReplyFailed'], 'problem'> {
  problem: Problem;
}

export interface StreamOptions {
  /** How long a stream lasts at most: proxies cut long responses. */
  streamMs: number;
  /** Aborted when the server shuts down. */
  closing: AbortSignal;
}

interface Position {
  /** The user message, where the stream begins with it. */
  created?: Message | undefined;
  /** The reply as it was found or created. */
  reply: Message;
  /** The id of the last event that the client has seen. */
  after?: string | undefined;
}

/** How soon a client resumes a paused stream. */
const RETRY_MS = 100;

const END_EVENTS = {
  completed: 'reply-completed',
  cancelled: 'reply-cancelled',
  interrupted: 'reply-interrupted',
} as const;

/**
 * The stream events of a reply. An event's id is the run and the number of characters sent so far: any server can continue
 * after any event. Ends with the reply, with `stream-paused`, or without an event once the signal is aborted.
 */
export async function* replyEvents(
  feed: ReplyFeed,
  { created, reply, after }: Position,
  { streamMs, closing }: StreamOptions,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent, void> {
  if (created) yield { event: { type: 'message-created', user_message: created } };
  let [run, position = 0] = after?.split('-').map(Number) ?? [];
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
      // A client that followed the generating server may be ahead of what is stored.
      const delta = progress.text.slice(position);
      position += delta.length;
      const id = `${run}-${position}`;
      if (delta) yield { id, event: { type: 'reply-delta', delta } };
      if (progress.end) return yield { id, event: endEvent(progress.end, reply, progress) };
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
  // A reply that was deleted during the stream ends as a cancelled one.
  const bot_response = end === 'deleted' ? { ...reply, content: text, status: 'cancelled' as const } : end;
  const { status } = bot_response;
  if (status === 'failed')
    return { type: 'reply-failed', bot_response, problem: problem ?? new Problem('bot-unavailable') };
  // The cast: a reply that has ended has one of these statuses.
  return { type: END_EVENTS[status as keyof typeof END_EVENTS], bot_response };
}
