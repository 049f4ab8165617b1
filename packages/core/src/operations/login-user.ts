import type { Operation } from '../operation.ts';

export const loginUser: Operation<'loginUser'> = async ({ body }, { identity }) => ({
  status: 200,
  body: { message: 'Login successful' },
  session: await identity.login(body),
});
