import type { Handler } from '../operation.ts';

export const resetPassword: Handler<'resetPassword'> = async ({ body }, { identity }) => {
  await identity.resetPassword(body);
  return { status: 200, body: { message: 'Password changed' } };
};
