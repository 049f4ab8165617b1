import { Problem } from '@async-chatbot/shared/problem';
import type { Operation } from '../operation.ts';

export const listMessages: Operation<'listMessages'> = async ({ thread, query }, { messages, conversations }) => {
  const { userId, id_conversation } = thread;
  const { limit = 50, cursor, order } = query;
  const [page, conversation] = await Promise.all([
    messages.list(thread, { limit, cursor, order }),
    id_conversation === undefined ? undefined : conversations.get(userId, id_conversation),
  ]);
  if (id_conversation !== undefined && !conversation) throw new Problem('conversation-not-found');
  return { status: 200, body: page };
};
