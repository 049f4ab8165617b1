import type { Identity } from './auth/identity.ts';
import type { ConversationStore } from './conversations/store.ts';
import type { Limits } from './limits/limits.ts';
import type { MessageStore } from './messages/store.ts';
import type { Turns } from './turns/turns.ts';
import type { Usage } from './usage/usage.ts';

/** The outside world as the operations see it; `limits` is for the seam alone. */
export interface Deps {
  identity: Identity;
  messages: MessageStore;
  conversations: ConversationStore;
  turns: Turns;
  usage: Usage;
  limits: Limits;
  now: () => Date;
  /** A UUID of version 7, larger than every one before it (RFC 9562). */
  newId: () => string;
}
