import type { Handler } from '../operation.ts';

export const confirmUser: Handler<'confirmUser'> = async ({ body }, { identity }) => {
  await identity.confirm(body);
  return { status: 200, body: { message: 'E-mail address confirmed' } };
};
