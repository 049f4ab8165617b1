import { Problem } from '@async-chatbot/shared/problem';
import type { Handler } from '../operation.ts';

export const updateConversation: Handler<'updateConversation'> = async (
  { user, path, body },
  { conversations, now },
) => {
  const change = { title: body.title, updated_at: now().toISOString() };
  const renamed = await conversations.rename(user.id, path.id_conversation, change);
  if (!renamed) throw new Problem('conversation-not-found');
  return { status: 200, body: renamed };
};
