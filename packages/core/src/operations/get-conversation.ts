import { Problem } from '@async-chatbot/shared/problem';
import type { Handler } from '../operation.ts';

export const getConversation: Handler<'getConversation'> = async ({ user, path }, { conversations }) => {
  const conversation = await conversations.get(user.id, path.id_conversation);
  if (!conversation) throw new Problem('conversation-not-found');
  return { status: 200, body: conversation };
};
