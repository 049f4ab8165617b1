import type { ConversationStore } from '../../src/ports/conversation-store.ts';
import type { MessageStore } from '../../src/ports/message-store.ts';
import type { TurnStore } from '../../src/ports/turn-store.ts';
import type { UsageCounters } from '../../src/ports/usage-counters.ts';

/** Stores that share their data. */
export interface Stores {
  messages: MessageStore;
  conversations: ConversationStore;
  turns: TurnStore;
  usage: UsageCounters;
}

/** The stores of a process whose clock is ahead by this many milliseconds. */
export type StoresAt = (aheadMs?: number) => Stores;

/** Returns the stores that all cases share; each case uses its own users. */
export type OpenStores = () => Promise<StoresAt>;
