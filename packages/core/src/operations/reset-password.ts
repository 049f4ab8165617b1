import type { Operation } from '../operation.ts';

export const resetPassword: Operation<'resetPassword'> = async ({ body }, { identity }) => {
  await identity.resetPassword(body);
  return { status: 200, body: { message: 'Password changed' } };
};
