import type { Operation } from '../operation.ts';

export const getUsage: Operation<'getUsage'> = async ({ user }, { usage }) => ({
  status: 200,
  body: await usage.today(user.id),
});
