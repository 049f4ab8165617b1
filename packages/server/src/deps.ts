import type { Identity } from './auth/identity.ts';
import type { Bot } from './bot/bot.ts';
import type { Limits } from './limits/limits.ts';
import type { MessageStore } from './messages/store.ts';

/** The outside world as the operations see it; `limits` is for the seam alone. */
export interface Deps {
  identity: Identity;
  messages: MessageStore;
  bot: Bot;
  limits: Limits;
  now: () => Date;
  /** A UUID of version 7, larger than every one before it (RFC 9562). */
  newId: () => string;
}
