import { titleOf } from '@async-chatbot/shared/title';
import type { Conversation, ConversationPage } from '../schemas.ts';
import { type PageQuery, pageOf } from './page.ts';

export type Conversations = ReturnType<typeof conversations>;

/** The conversations of each user beside the default one. */
export function conversations(now: () => Date, newId: () => string) {
  const byUser = new Map<string, Map<string, Conversation>>();
  const of = (userId: string) => byUser.get(userId) ?? new Map<string, Conversation>();

  function change(userId: string, id: string, title: string): Conversation | undefined {
    const found = of(userId).get(id);
    if (!found) return undefined;
    const changed = { ...found, title, updated_at: now().toISOString() };
    of(userId).set(id, changed);
    return changed;
  }

  return {
    get: (userId: string, id: string) => of(userId).get(id),

    list(userId: string, query: PageQuery): ConversationPage {
      const { items, ...next } = pageOf([...of(userId).values()], ({ id_conversation }) => id_conversation, query);
      return { conversations: items, ...next };
    },

    create(userId: string, title: string | undefined): Conversation {
      const created_at = now().toISOString();
      const named = title === undefined ? {} : { title };
      const conversation = { id_conversation: newId(), ...named, created_at, updated_at: created_at };
      byUser.set(userId, of(userId).set(conversation.id_conversation, conversation));
      return conversation;
    },

    rename: change,

    /** Notes that a message is being sent, which gives it a title if it has none. */
    touch(userId: string, id: string, content: string): Conversation | undefined {
      return change(userId, id, of(userId).get(id)?.title ?? titleOf(content));
    },

    delete: (userId: string, id: string): boolean => of(userId).delete(id),
    deleteAll: (userId: string): boolean => byUser.delete(userId),
    clear: (): void => byUser.clear(),
  };
}
