/**
 * All keys of the table. `pk` is the user's id, so that a user's request cannot access another user's items. Items that all
 * servers share have their own `pk`.
 */
import { hash } from 'node:crypto';
import type { ConversationKey } from '@async-chatbot/core/ports/message';
import type { GenerationRun } from '@async-chatbot/core/ports/turn-store';

export interface Key {
  pk: string;
  sk: string;
}

/** Messages and replies: `M#<conversation>#<message>`, where the default conversation is `default`. */
export const messagePrefix = ({ id_conversation = 'default' }: ConversationKey): string => `M#${id_conversation}#`;

export const messageKey = (conversation: ConversationKey, id: string): Key => ({
  pk: conversation.userId,
  sk: messagePrefix(conversation) + id,
});

/** The ids in a message's sort key. `id_conversation` is undefined for the default conversation. */
export function messageIds(sk: string): { id_conversation: string | undefined; id_message: string } {
  const [, conversation, id_message = ''] = sk.split('#');
  return { id_conversation: conversation === 'default' ? undefined : conversation, id_message };
}

/** The prefix of all messages and replies. */
export const MESSAGES_PREFIX = 'M#';

/** When the message or conversation with this sort key was created: its id is a version 7 UUID (RFC 9562, section 5.7). */
export const createdAtMs = (sk: string): number =>
  Number.parseInt(
    sk
      .slice(sk.lastIndexOf('#') + 1)
      .replaceAll('-', '')
      .slice(0, 12),
    16,
  );

export const CONVERSATION_PREFIX = 'C#';

export const conversationKey = (userId: string, id: string): Key => ({ pk: userId, sk: CONVERSATION_PREFIX + id });

/** The local index of conversations by last activity, with its keys. Only conversations have its sort key. */
export const ACTIVITY_INDEX = { name: 'by-activity', partitionKey: 'pk', sortKey: 'activity' } as const;

export const lockKey = ({ userId, id_conversation = 'default' }: ConversationKey): Key => ({
  pk: userId,
  sk: `T#${id_conversation}`,
});

/** An idempotency key, of which only the hash is stored. */
export const idempotencyKey = (userId: string, key: string): Key => ({ pk: userId, sk: `I#${hash('sha256', key)}` });

/** The chunks of a generation: `S#<reply>#<run>#<position>`, sorted by position. */
export const chunkPrefix = ({ id_reply, run }: GenerationRun): string => `S#${id_reply}#${run}#`;

export const chunkKey = (run: GenerationRun, position: number): Key => ({
  pk: run.conversation.userId,
  sk: chunkPrefix(run) + String(position).padStart(10, '0'),
});

/** A user's usage counters for a day, such as `2026-11-26`. */
export const usageKey = (userId: string, day: string): Key => ({ pk: userId, sk: `U#${day}` });

/** The partition of a rate limit counter. */
export const rateLimitPartition = (...parts: string[]): string => ['limit', ...parts].join('#');

export const RATE_LIMIT_SORT_KEY = 'limit';

/** The partition of the revocations, which all servers read. */
export const REVOCATIONS = 'revocations';

/** The sort key of revocations, which are sorted by the time they were written, and of sweeps, by the time they are due. */
export const timeSortKey = (timeMs: number, key = ''): string =>
  `${String(Math.max(0, timeMs)).padStart(15, '0')}${key && `#${key}`}`;

/** The partition of the scheduled sweeps. */
export const SWEEPS = 'sweeps';

/** Sorts after every id and every position. */
export const LAST = '~';
