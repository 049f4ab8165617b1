import type { components } from '@async-chatbot/api-spec';

export type Message = components['schemas']['Message'];

/** Whose messages, and of which conversation: without one, of the user's default conversation. */
export interface Thread {
  userId: string;
  id_conversation?: string | undefined;
}

/** The versions of a message that a change is meant for; `*` is any. */
export type Versions = readonly number[] | '*';
