import { Problem } from '@async-chatbot/shared/problem';
import type { Handler } from '../operation.ts';

export const deleteConversation: Handler<'deleteConversation'> = async ({ user, path }, { conversations }) => {
  const { id_conversation } = path;
  if (!(await conversations.delete(user.id, id_conversation))) throw new Problem('conversation-not-found');
  return { status: 200, body: { id_conversation, status: 'deleted' } };
};
