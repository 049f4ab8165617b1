import type { Identity } from './auth/identity.ts';
import type { Bot } from './bot/bot.ts';
import type { MessageStore } from './messages/store.ts';

/** The outside world as the operations see it. */
export interface Deps {
  identity: Identity;
  messages: MessageStore;
  bot: Bot;
  now: () => Date;
  /** A UUID of version 7, larger than every one before it (RFC 9562). */
  newId: () => string;
}
