import type { Versions } from '@async-chatbot/shared/versions';
import type { Message, MessagePage } from '../schemas.ts';
import { type PageQuery, pageOf } from './page.ts';

/** Whose messages, and of which conversation: without one, of the user's default conversation. */
export interface Thread {
  userId: string;
  id_conversation?: string | undefined;
}

export type Messages = ReturnType<typeof messages>;

/** What was said, by the thread that it is part of. */
export function messages() {
  const byThread = new Map<string, Map<string, Message>>();
  const nameOf = ({ userId, id_conversation = 'default' }: Thread) => `${userId} ${id_conversation}`;
  const of = (thread: Thread) => byThread.get(nameOf(thread)) ?? new Map<string, Message>();

  function put(thread: Thread, message: Message): Message {
    byThread.set(nameOf(thread), of(thread).set(message.id_message, message));
    return message;
  }

  function list(thread: Thread, query: PageQuery): MessagePage {
    const { items, ...next } = pageOf([...of(thread).values()], ({ id_message }) => id_message, query);
    return { messages: items, ...next };
  }

  return {
    get: (thread: Thread, id: string) => of(thread).get(id),
    put,
    list,

    /** Changes a message that is there, and its version. */
    change(thread: Thread, id: string, fields: Partial<Message>): Message | undefined {
      const found = of(thread).get(id);
      return found && put(thread, { ...found, ...fields, version: found.version + 1 });
    },

    /** All of them, newest first. */
    all: (thread: Thread): Message[] => list(thread, { limit: Number.POSITIVE_INFINITY }).messages,

    delete: (thread: Thread, id: string): boolean => of(thread).delete(id),
    deleteThread: (thread: Thread): boolean => byThread.delete(nameOf(thread)),

    deleteAll(userId: string): void {
      for (const name of [...byThread.keys()]) if (name.startsWith(`${userId} `)) byThread.delete(name);
    },

    clear: (): void => byThread.clear(),
  };
}

/** Whether a change is meant for a message of this version. */
export const isMeant = (versions: Versions | undefined, { version }: Message): boolean =>
  versions === undefined || versions === '*' || versions.includes(version);
