import { Problem } from '@async-chatbot/shared/problem';
import type { Budget } from '@async-chatbot/shared/rate-limit-headers';
import type { Message } from '../ports/message.ts';
import { eventsOf, type Pause, until } from './reply-events.ts';
import type { Watch } from './reply-feed.ts';
import type { PendingReply } from './turns.ts';

/** A reply that somebody wants to know about. */
export interface Opened {
  message: Message;
  /** As it was found, or begun. */
  reply: Message;
  watch: Watch;
  left?: Budget[] | undefined;
}

interface PendingReplyOptions {
  /** Whether the stream begins with the message itself. */
  tellsMessage: boolean;
  pause: Pause;
  /** How long a JSON response waits for its reply. */
  jsonMs: number;
}

export function pendingReply(
  { message, reply, watch, left }: Opened,
  { tellsMessage, pause, jsonMs }: PendingReplyOptions,
): PendingReply {
  return {
    user_message: message,
    left,
    async exchange() {
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(), jsonMs);
      let bot_response = reply;
      try {
        for await (const { end, text, problem } of until(late.signal, watch())) {
          if (end === 'deleted') throw new Problem('message-not-found');
          if (end?.status === 'completed' || end?.status === 'cancelled')
            return { hasEnded: true, exchange: { user_message: message, bot_response: end } };
          if (end) throw problem ?? new Problem('bot-unavailable');
          bot_response = { ...reply, content: text, status: text ? 'streaming' : 'pending' };
        }
        return { hasEnded: false, exchange: { user_message: message, bot_response } };
      } finally {
        clearTimeout(timer);
      }
    },
    events: (after) => eventsOf(watch, { created: tellsMessage ? message : undefined, reply, after }, pause),
  };
}
