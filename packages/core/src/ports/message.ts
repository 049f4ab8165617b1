import type { components } from '@async-chatbot/api-spec';

export type { Versions } from '@async-chatbot/shared/versions';

export type Message = components['schemas']['Message'];

/** Identifies a conversation of a user; without `id_conversation`, the default one. */
export interface ConversationKey {
  userId: string;
  id_conversation?: string | undefined;
}

/** Whether a reply with this status is in progress, if its lease has not ended. */
export const isRunning = (status: string | undefined): boolean => status === 'pending' || status === 'streaming';
