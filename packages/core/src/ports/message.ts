import type { components } from '@async-chatbot/api-spec';

export type { Versions } from '@async-chatbot/shared/versions';

export type Message = components['schemas']['Message'];

/** Names a conversation of a user; without an id, the user's default conversation. */
export interface ConversationKey {
  userId: string;
  id_conversation?: string | undefined;
}

/** Whether a reply of this status is in progress, as long as its lease lasts. */
export const isRunning = (status: string | undefined): boolean => status === 'pending' || status === 'streaming';
