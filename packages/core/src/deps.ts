import type { ConversationStore } from './ports/conversation-store.ts';
import type { Identity } from './ports/identity.ts';
import type { MessageStore } from './ports/message-store.ts';
import type { RateLimiter } from './ports/rate-limiter.ts';
import type { Readiness } from './ports/readiness.ts';
import type { Turns } from './turns/turns.ts';
import type { Usage } from './usage.ts';

/** What a host provides. Operations use all of it but `rateLimiter`, which belongs to the pipeline. */
export interface Deps {
  identity: Identity;
  messages: MessageStore;
  conversations: ConversationStore;
  turns: Turns;
  usage: Usage;
  rateLimiter: RateLimiter;
  readiness: Readiness;
  now: () => Date;
  /** Returns a UUIDv7 (RFC 9562), larger than every earlier one. */
  newId: () => string;
}
