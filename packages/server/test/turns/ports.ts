import type { dynamoClient } from '../../src/messages/dynamo-client.ts';
import { dynamoStore } from '../../src/messages/dynamo-store.ts';
import type { MessageStore } from '../../src/messages/store.ts';
import { dynamoPieces } from '../../src/turns/dynamo-pieces.ts';
import { dynamoReplies } from '../../src/turns/dynamo-replies.ts';
import { dynamoSendKeys } from '../../src/turns/dynamo-send-keys.ts';
import { dynamoThreadLocks } from '../../src/turns/dynamo-thread-locks.ts';
import type { Pieces } from '../../src/turns/pieces.ts';
import type { ReplyStore } from '../../src/turns/replies.ts';
import type { SendKeys } from '../../src/turns/send-keys.ts';
import type { ThreadLocks } from '../../src/turns/thread-locks.ts';

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
