import type { Conversation } from '../ports/conversation-store.ts';
import type { ConversationKey, Message } from '../ports/message.ts';
import type { GenerationEnd, TurnIds } from '../ports/turn-store.ts';
import type { UsageCounts } from '../ports/usage-counters.ts';
import { type Changes, memoryChanges } from './changes.ts';
import { type Items, memoryItems } from './items.ts';

/** A message or reply with its internal fields. */
export interface MemoryMessage {
  message: Message;
  /** The number of a reply's generation: the version it began with. */
  run: number;
  /** When the generation's lease ends, in milliseconds since the epoch. */
  leaseEndMs: number;
  /** Whether the user has cancelled this run. */
  isCancelled?: boolean;
  /** Why the reply failed. */
  problem?: GenerationEnd['problem'];
  /** The record of the idempotency key that the turn was created with. */
  keyRecord?: string | undefined;
}

interface LockItem {
  holder: string;
  leaseEndMs: number;
}

export interface KeyItem extends TurnIds {
  request: string;
  takenAtMs: number;
  expiresAtMs: number;
  isDeleted: boolean;
}

/** The data that all stores in memory share. */
export interface MemoryTable {
  messages: Items<MemoryMessage>;
  conversations: Items<Conversation>;
  locks: Items<LockItem>;
  keys: Items<KeyItem>;
  /** Chunks of replies in progress. */
  chunks: Items<string>;
  usage: Items<UsageCounts>;
  /** Notifies of changes to messages. */
  changes: Changes;
  /** Deletes all data, or all of one user's. */
  clear(userId?: string): void;
}

export function memoryTable(): MemoryTable {
  const changes = memoryChanges();
  const items = {
    messages: memoryItems<MemoryMessage>(changes.notify),
    conversations: memoryItems<Conversation>(),
    locks: memoryItems<LockItem>(),
    keys: memoryItems<KeyItem>(),
    chunks: memoryItems<string>(),
    usage: memoryItems<UsageCounts>(),
  };
  return {
    ...items,
    changes,
    clear(userId) {
      for (const each of Object.values(items)) each.clear(userId);
      if (userId === undefined) changes.clear();
    },
  };
}

/** The key prefix of a conversation's messages. */
export const messagePrefix = ({ id_conversation = 'default' }: ConversationKey): string => `${id_conversation}#`;

export const messageKey = (conversation: ConversationKey, id: string): string => messagePrefix(conversation) + id;

/** The key prefix of a reply's chunks: of one run, or of all runs. */
export const chunkPrefix = (id_reply: string, run?: number): string =>
  run === undefined ? `${id_reply}#` : `${id_reply}#${run}#`;
