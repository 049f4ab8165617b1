import type { Operation } from '../operation.ts';

export const logoutUser: Operation<'logoutUser'> = async ({ session }, { identity }) => {
  await identity.logout(session);
  return { status: 200, body: { message: 'Logout successful' }, session: null };
};
