import type { Conversation } from '@async-chatbot/core/ports/conversation-store';
import { type Expiring, hasExpired } from './expiry.ts';
import { CONVERSATION_PREFIX } from './keys.ts';

interface ConversationItem extends Omit<Conversation, 'id_conversation'>, Expiring {
  sk: string;
  /** Its position in the index; absent once it is deleted. */
  activity?: string;
  /** Set while its messages are being deleted. */
  deleted?: true;
}

/** Whether responses show the conversation. The cast: only this folder writes these items. */
export const isVisible = (item: object, now: Date): boolean =>
  !(item as ConversationItem).deleted && !hasExpired(item, now);

/** Converts an item to the contract's form. The cast: as above. */
export function toConversation(item: object): Conversation {
  const { sk, title, created_at, updated_at } = item as ConversationItem;
  return {
    id_conversation: sk.slice(CONVERSATION_PREFIX.length),
    ...(title !== undefined && { title }),
    created_at,
    updated_at,
  };
}
