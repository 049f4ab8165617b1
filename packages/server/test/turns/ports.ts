import type { ThreadLocks } from '@async-chatbot/core/ports/conversation-locks';
import type { SendKeys } from '@async-chatbot/core/ports/idempotency-keys';
import type { MessageStore } from '@async-chatbot/core/ports/message-store';
import type { ReplyStore } from '@async-chatbot/core/ports/replies';
import type { Pieces } from '@async-chatbot/core/ports/reply-chunks';
import type { dynamoClient } from '../../src/dynamo/client.ts';
import { dynamoThreadLocks } from '../../src/dynamo/conversation-locks.ts';
import { dynamoSendKeys } from '../../src/dynamo/idempotency-keys.ts';
import { dynamoStore } from '../../src/dynamo/message-store.ts';
import { dynamoReplies } from '../../src/dynamo/replies.ts';
import { dynamoPieces } from '../../src/dynamo/reply-chunks.ts';

/** What turns are kept in. */
export interface Ports {
  messages: MessageStore;
  replies: ReplyStore;
  pieces: Pieces;
  keys: SendKeys;
  locks: ThreadLocks;
}

/** The ports as a server sees them whose clock is ahead by this many milliseconds. */
export type PortsAhead = (aheadMs?: number) => Ports;

/** Gives the ports that all cases share; each case is another user's. */
export type OpenPorts = () => Promise<PortsAhead>;

/** The ports on a table. */
export const portsOn =
  (client: ReturnType<typeof dynamoClient>, table: string): PortsAhead =>
  (aheadMs = 0) => {
    const now = () => new Date(Date.now() + aheadMs);
    return {
      messages: dynamoStore(client, { table }, now),
      replies: dynamoReplies(client, { table }, now),
      pieces: dynamoPieces(client, table, now),
      keys: dynamoSendKeys(client, table, now),
      locks: dynamoThreadLocks(client, table, now),
    };
  };

/** How many of what was done at once came out so. */
export const countOf = async (
  done: Promise<unknown>[],
  isSo: (outcome: unknown) => boolean = Boolean,
): Promise<number> => (await Promise.all(done)).filter(isSo).length;
