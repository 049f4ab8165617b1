import type { Handler } from '../operation.ts';

export const createConversation: Handler<'createConversation'> = async ({ user, body }, deps) => {
  const { conversations, now, newId } = deps;
  const { title } = body;
  const created_at = now().toISOString();
  const conversation = {
    id_conversation: newId(),
    ...(title !== undefined && { title }),
    created_at,
    updated_at: created_at,
  };
  await conversations.create(user.id, conversation);
  return { status: 201, body: conversation };
};
