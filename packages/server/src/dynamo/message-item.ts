import { isRunning, type Message } from '@async-chatbot/core/ports/message';
import type { ProblemCode } from '@async-chatbot/shared/problems';
import type { Expiring } from './expiry.ts';
import { messageIds } from './keys.ts';

/** Attributes that responses do not show. */
interface InternalAttributes extends Expiring {
  pk: string;
  sk: string;
  /** The number of a reply's generation: the version it began with. */
  run?: number;
  /** When the generation's lease ends, in milliseconds since the epoch. */
  lease?: number;
  /** Identifies the request that started the run, so that a retry recognizes its own claim. */
  claim?: string;
  /** The run that the user has cancelled. */
  cancel?: number;
  /** Why the reply failed. */
  problem?: ProblemCode;
  /** The record of the idempotency key that the turn was created with. */
  key?: string;
}

export type MessageItem = InternalAttributes & Omit<Message, 'id_message' | 'id_user' | 'id_conversation'>;

/** What a new run of a reply keeps or sets, and what only user messages have. */
type Kept = 'pk' | 'sk' | 'key' | 'expire' | 'run' | 'lease' | 'claim' | 'id_reply' | 'edited_at' | KeptFields;
type KeptFields = 'version' | 'status' | 'timestamp' | 'content' | 'is_bot' | 'reply_to';

const results: Record<Exclude<keyof MessageItem, Kept>, true> = {
  feedback: true,
  cancel: true,
  finish_reason: true,
  problem: true,
};

/** The other attributes of a reply, which a new run removes. */
export const RUN_RESULTS = Object.keys(results);

/** Converts an item to the contract's form, with defaults for old items without a version or status. */
export function toMessage(item: MessageItem, now: Date): Message {
  const { pk, sk, expire, run, lease = 0, claim, cancel, problem, key, ...shown } = item;
  const { version = 1, status = 'completed', ...fields } = shown;
  const { id_message, id_conversation } = messageIds(sk);
  const isAbandoned = isRunning(status) && lease <= now.getTime();
  return {
    id_message,
    id_user: pk,
    ...(id_conversation !== undefined && { id_conversation }),
    ...fields,
    version,
    ...(fields.is_bot && { status: isAbandoned ? 'interrupted' : status }),
  };
}
