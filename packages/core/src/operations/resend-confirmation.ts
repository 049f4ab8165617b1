import type { Handler } from '../operation.ts';

export const resendConfirmation: Handler<'resendConfirmation'> = async ({ body }, { identity }) => {
  await identity.resendConfirmation(body.email);
  return { status: 202, body: { message: 'Check your e-mail' } };
};
