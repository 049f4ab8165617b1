import { Problem } from '@async-chatbot/shared/problem';
import type { Handler } from '../operation.ts';

export const listMessages: Handler<'listMessages'> = async ({ conversation, query }, { messages, conversations }) => {
  const { userId, id_conversation } = conversation;
  const { limit = 50, cursor, order } = query;
  const [page, stored] = await Promise.all([
    messages.list(conversation, { limit, cursor, order }),
    id_conversation === undefined ? undefined : conversations.get(userId, id_conversation),
  ]);
  if (id_conversation !== undefined && !stored) throw new Problem('conversation-not-found');
  return { status: 200, body: page };
};
