import type { Handler } from '../operation.ts';

export const logoutUser: Handler<'logoutUser'> = async ({ session }, { identity }) => {
  await identity.logout(session);
  return { status: 200, body: { message: 'Logout successful' }, session: null };
};
