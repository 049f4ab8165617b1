import type { Handler } from '../operation.ts';

export const loginUser: Handler<'loginUser'> = async ({ body }, { identity }) => ({
  status: 200,
  body: { message: 'Login successful' },
  session: await identity.login(body),
});
