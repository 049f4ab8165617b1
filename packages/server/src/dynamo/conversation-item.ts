/** A conversation as it stands in the table, and how it is read. */

import type { Conversation } from '@async-chatbot/core/ports/conversation-store';
import { isKept } from './message-item.ts';

/** What stands before the conversation's id in the sort key. */
export const PREFIX = 'C#';

/** The condition that an item is not one that DynamoDB has only not removed yet. */
export const NOT_EXPIRED = '(attribute_not_exists(expire) OR expire > :now)';

interface ConversationItem extends Omit<Conversation, 'id_conversation'> {
  sk: string;
  /** When DynamoDB may remove it, in seconds since the epoch: the table's time to live. */
  expire?: number;
  /** While its messages are being removed. */
  deleted?: true;
}

export const keyOf = (userId: string, id: string) => ({ pk: userId, sk: PREFIX + id });

/** Whether it is there for readers. The cast: the files beside this one alone write these items. */
export const isShown = (item: object, now: Date): boolean => !(item as ConversationItem).deleted && isKept(item, now);

/** An item as the spec shows it. The cast: the files beside this one alone write these items. */
export function toConversation(item: object): Conversation {
  const { sk, title, created_at, updated_at } = item as ConversationItem;
  return { id_conversation: sk.slice(PREFIX.length), ...(title !== undefined && { title }), created_at, updated_at };
}
