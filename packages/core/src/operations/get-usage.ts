import type { Handler } from '../operation.ts';

export const getUsage: Handler<'getUsage'> = async ({ user }, { usage }) => ({
  status: 200,
  body: await usage.today(user.id),
});
