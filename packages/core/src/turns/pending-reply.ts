import type { components } from '@async-chatbot/api-spec';
import { Problem } from '@async-chatbot/shared/problem';
import type { RateLimitState } from '@async-chatbot/shared/rate-limit-headers';
import { timeout } from '@async-chatbot/shared/timeout';
import type { Message } from '../ports/message.ts';
import { endId, isEndId, replyEvents, type StreamEvent, type StreamOptions } from './reply-events.ts';
import type { ReplyFeed } from './reply-feed.ts';
import type { RequestScope } from './request-scope.ts';

/** A turn whose reply may still be in progress. */
export interface OpenTurn {
  message: Message;
  /** The reply as found or created. */
  reply: Message;
  feed: ReplyFeed;
  /** The user's quotas, if the turn used any. */
  quotas?: RateLimitState[] | undefined;
}

/** A reply that a client follows. The signals are aborted when the client disconnects. */
export interface FollowedReply {
  /** Whether the reply has ended with the event whose id is `after`. */
  endedWith(after: string | undefined, signal: AbortSignal): Promise<boolean>;
  /** The stream events of the reply, from its start or after the event with the id `after`. */
  events(signal: AbortSignal, after?: string): AsyncIterable<StreamEvent>;
}

/** A turn in the forms that operations respond with. */
export interface PendingReply extends FollowedReply {
  user_message: Message;
  quotas?: RateLimitState[] | undefined;
  /**
   * Waits for the end of the reply, at most `jsonMs`, and resolves to both messages. Throws the problem of a failed reply,
   * `bot-unavailable` for an interrupted one, and `message-not-found` for a deleted one.
   */
  exchange(signal: AbortSignal): Promise<{ hasEnded: boolean; exchange: components['schemas']['Exchange'] }>;
}

interface PendingReplyOptions extends StreamOptions {
  /** Whether a stream starts with the user message. */
  startsWithMessage: boolean;
  /** How long a JSON response waits for the end of its reply. */
  jsonMs: number;
  scope: RequestScope;
}

/** The stream starts with the message `created`, if there is one. */
export function followedReply(
  { reply, feed }: Pick<OpenTurn, 'reply' | 'feed'>,
  stream: StreamOptions,
  created?: Message,
): FollowedReply {
  return {
    async endedWith(after, signal) {
      if (after === undefined || !isEndId(after)) return false;
      const { value } = await feed(signal)[Symbol.asyncIterator]().next();
      return value?.end !== undefined && after === endId(value.run);
    },

    events: (signal, after) => replyEvents(feed, { created, reply, after }, stream, signal),
  };
}

export function pendingReply(
  { message, reply, feed, quotas }: OpenTurn,
  { jsonMs, startsWithMessage, scope, ...stream }: PendingReplyOptions,
): PendingReply {
  return {
    ...followedReply({ reply, feed }, stream, startsWithMessage ? message : undefined),
    user_message: message,
    quotas,

    // The wait is longer than a request's deadline.
    exchange: (signal) => scope.detach(() => exchange(signal)),
  };

  async function exchange(signal: AbortSignal): ReturnType<PendingReply['exchange']> {
    const limit = timeout(jsonMs);
    let bot_response = reply;
    try {
      for await (const { end, text, problem } of feed(AbortSignal.any([signal, limit.signal]))) {
        if (end === 'deleted') throw new Problem('message-not-found');
        if (end?.status === 'completed' || end?.status === 'cancelled')
          return { hasEnded: true, exchange: { user_message: message, bot_response: end } };
        if (end) throw problem ?? new Problem('bot-unavailable');
        bot_response = { ...reply, content: text, status: text ? 'streaming' : 'pending' };
      }
      return { hasEnded: false, exchange: { user_message: message, bot_response } };
    } finally {
      limit.clear();
    }
  }
}
