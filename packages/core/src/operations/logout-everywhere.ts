import type { Handler } from '../operation.ts';

export const logoutEverywhere: Handler<'logoutEverywhere'> = async ({ session }, { identity }) => {
  await identity.logoutEverywhere(session);
  return { status: 200, body: { message: 'Logout successful' }, session: null };
};
