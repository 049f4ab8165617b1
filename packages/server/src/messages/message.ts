import type { components } from '@async-chatbot/api-spec';

export type { Versions } from '@async-chatbot/shared/versions';

export type Message = components['schemas']['Message'];

/** Whose messages, and of which conversation: without one, of the user's default conversation. */
export interface Thread {
  userId: string;
  id_conversation?: string | undefined;
}
