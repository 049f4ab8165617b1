import type { ConversationStore } from './ports/conversation-store.ts';
import type { Identity } from './ports/identity.ts';
import type { MessageStore } from './ports/message-store.ts';
import type { RateLimiter } from './ports/rate-limiter.ts';
import type { Turns } from './turns/turns.ts';
import type { Usage } from './usage.ts';

/** The outside world as the operations see it; `rateLimiter` is for the pipeline alone. */
export interface Deps {
  identity: Identity;
  messages: MessageStore;
  conversations: ConversationStore;
  turns: Turns;
  usage: Usage;
  rateLimiter: RateLimiter;
  now: () => Date;
  /** A UUID of version 7, larger than every one before it (RFC 9562). */
  newId: () => string;
}
