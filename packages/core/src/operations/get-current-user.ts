import type { Handler } from '../operation.ts';

export const getCurrentUser: Handler<'getCurrentUser'> = async ({ user, session }, { identity }) => ({
  status: 200,
  body: { user_id: user.id, email: await identity.emailOf(session) },
});
