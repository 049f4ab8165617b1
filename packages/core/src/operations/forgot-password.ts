import type { Handler } from '../operation.ts';

export const forgotPassword: Handler<'forgotPassword'> = async ({ body }, { identity }) => {
  await identity.forgotPassword(body.email);
  return { status: 202, body: { message: 'Check your e-mail' } };
};
