import type { Operation } from '../operation.ts';

export const logoutEverywhere: Operation<'logoutEverywhere'> = async ({ session }, { identity }) => {
  await identity.logoutEverywhere(session);
  return { status: 200, body: { message: 'Logout successful' }, session: null };
};
