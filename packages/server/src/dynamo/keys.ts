/**
 * Every key of the table. `pk` is the user's id, so that one user's request can reach no other's items; what all servers
 * share has a `pk` of its own.
 */
import { hash } from 'node:crypto';
import type { ConversationKey } from '@async-chatbot/core/ports/message';
import type { GenerationRun } from '@async-chatbot/core/ports/turn-store';

export interface Key {
  pk: string;
  sk: string;
}

/** Messages and replies of a conversation: `M#<conversation>#<message>`, the default conversation's under `default`. */
export const messagePrefix = ({ id_conversation = 'default' }: ConversationKey): string => `M#${id_conversation}#`;

export const messageKey = (conversation: ConversationKey, id: string): Key => ({
  pk: conversation.userId,
  sk: messagePrefix(conversation) + id,
});

/** What a message's sort key names; undefined for the default conversation. */
export function messageIds(sk: string): { id_conversation: string | undefined; id_message: string } {
  const [, conversation, id_message = ''] = sk.split('#');
  return { id_conversation: conversation === 'default' ? undefined : conversation, id_message };
}

export const CONVERSATION_PREFIX = 'C#';

export const conversationKey = (userId: string, id: string): Key => ({ pk: userId, sk: CONVERSATION_PREFIX + id });

/** The lock of a conversation. */
export const lockKey = ({ userId, id_conversation = 'default' }: ConversationKey): Key => ({
  pk: userId,
  sk: `T#${id_conversation}`,
});

/** An idempotency key, which is stored as its hash alone. */
export const idempotencyKey = (userId: string, key: string): Key => ({ pk: userId, sk: `I#${hash('sha256', key)}` });

/** The chunks of a generation: `S#<reply>#<run>#<position>`, sorted by position. */
export const chunkPrefix = ({ id_reply, run }: GenerationRun): string => `S#${id_reply}#${run}#`;

export const chunkKey = (run: GenerationRun, position: number): Key => ({
  pk: run.conversation.userId,
  sk: chunkPrefix(run) + String(position).padStart(10, '0'),
});

/** What a user has used of a day, such as `2026-11-26`. */
export const usageKey = (userId: string, day: string): Key => ({ pk: userId, sk: `U#${day}` });

/** The counter of a rate limit, one for each combination of `parts`. */
export const rateLimitPartition = (...parts: string[]): string => ['limit', ...parts].join('#');

export const RATE_LIMIT_SORT_KEY = 'limit';

/** The list of ended sessions, which every server reads. */
export const REVOCATIONS = 'revocations';

/** Ended sessions are sorted by the time of their end. */
export const revocationSortKey = (endedAtMs: number, key = ''): string =>
  `${String(Math.max(0, endedAtMs)).padStart(15, '0')}${key && `#${key}`}`;

/** Comes after every id and every position in the order of sort keys. */
export const LAST = '~';
