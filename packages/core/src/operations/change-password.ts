import type { Handler } from '../operation.ts';

export const changePassword: Handler<'changePassword'> = async ({ session, body }, { identity }) => ({
  status: 200,
  body: { message: 'Password changed' },
  session: await identity.changePassword(session, body),
});
