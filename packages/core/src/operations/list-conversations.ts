import type { Handler } from '../operation.ts';

export const listConversations: Handler<'listConversations'> = async ({ user, query }, { conversations }) => {
  const { limit = 50, cursor } = query;
  return { status: 200, body: await conversations.list(user.id, { limit, cursor }) };
};
