/** A message as it stands in the table, and how it is read. */

import { isRunning, type Message, type Thread } from '@async-chatbot/core/ports/message';
import type { ProblemCode } from '@async-chatbot/shared/problems';

/** What stands in the table and is nobody's to see. */
interface Hidden {
  pk: string;
  sk: string;
  /** When DynamoDB may remove it, in seconds since the epoch: the table's time to live. */
  expire?: number;
  /** Which writing of a reply this is: the version that it began with. */
  run?: number;
  /** Until when a server is known to be writing it, in milliseconds since the epoch. */
  lease?: number;
  /** The run that the user wants stopped. */
  cancel?: number;
  /** Why the reply failed. */
  problem?: ProblemCode;
  /** The record of the idempotency key that it was sent with. */
  key?: string;
}

export type MessageItem = Hidden & Omit<Message, 'id_message' | 'id_user' | 'id_conversation'>;

/** What stands before the ids of a thread's messages in the sort key. No conversation's id is `default`. */
export const prefixOf = ({ id_conversation = 'default' }: Thread): string => `M#${id_conversation}#`;

export const keyOf = (thread: Thread, id: string) => ({ pk: thread.userId, sk: prefixOf(thread) + id });

/** Whether an item is there for readers: DynamoDB may take two days to remove what has expired. */
export const isKept = ({ expire }: { expire?: number }, now: Date): boolean =>
  expire === undefined || expire * 1000 > now.getTime();

/** When an item may be removed that is kept for some days from now. */
export const expiry = (keptDays: number | undefined, nowMs: number): { expire?: number } =>
  keptDays === undefined ? {} : { expire: Math.ceil(nowMs / 1000) + keptDays * 86_400 };

/** An item as the spec shows it. The default version and status are those of what was kept before there were any. */
export function toMessage(item: MessageItem, now: Date): Message {
  const { pk, sk, expire, run, lease = 0, cancel, problem, key, version = 1, status = 'completed', ...said } = item;
  const [, conversation = '', id_message = ''] = sk.split('#');
  const isAbandoned = isRunning(status) && lease <= now.getTime();
  return {
    id_message,
    id_user: pk,
    ...(conversation !== 'default' && { id_conversation: conversation }),
    ...said,
    version,
    ...(said.is_bot && { status: isAbandoned ? 'interrupted' : status }),
  };
}
