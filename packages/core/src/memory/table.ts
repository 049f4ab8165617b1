import type { Conversation } from '../ports/conversation-store.ts';
import type { ConversationKey, Message } from '../ports/message.ts';
import type { GenerationEnd, TurnIds } from '../ports/turn-store.ts';
import type { UsageCounts } from '../ports/usage-counters.ts';
import { type Changes, memoryChanges } from './changes.ts';
import { type Items, memoryItems } from './items.ts';

/** A message or reply, with what no response shows. */
export interface MemoryMessage {
  message: Message;
  /** The generation of a reply: the version that it began with. */
  run: number;
  /** When the generation's lease ends, in milliseconds since the epoch. */
  leaseEndMs: number;
  /** Whether the user wants this run to stop. */
  isCancelled?: boolean;
  /** Why the reply failed. */
  problem?: GenerationEnd['problem'];
  /** The record of the idempotency key that the turn was created with. */
  keyRecord?: string | undefined;
}

interface LockItem {
  id_reply: string;
  leaseEndMs: number;
}

export interface KeyItem extends TurnIds {
  request: string;
  takenAtMs: number;
  expiresAtMs: number;
  isDeleted: boolean;
}

/** What the stores in memory share. */
export interface MemoryTable {
  messages: Items<MemoryMessage>;
  conversations: Items<Conversation>;
  locks: Items<LockItem>;
  keys: Items<KeyItem>;
  /** Chunks of replies in progress. */
  chunks: Items<string>;
  usage: Items<UsageCounts>;
  /** Changes of messages. */
  changes: Changes;
  /** Deletes everything, or everything of a user. */
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

/** What the keys of a conversation's messages begin with. */
export const messagePrefix = ({ id_conversation = 'default' }: ConversationKey): string => `${id_conversation}#`;

export const messageKey = (conversation: ConversationKey, id: string): string => messagePrefix(conversation) + id;

/** What the keys of a reply's chunks begin with: those of one run, or of all. */
export const chunkPrefix = (id_reply: string, run?: number): string =>
  run === undefined ? `${id_reply}#` : `${id_reply}#${run}#`;
