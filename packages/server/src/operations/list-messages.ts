import type { Operation } from '../operation.ts';

export const listMessages: Operation<'listMessages'> = async ({ user, query }, { messages }) => {
  const { limit = 50, cursor } = query;
  return { status: 200, body: await messages.list(user.id, { limit, cursor }) };
};
