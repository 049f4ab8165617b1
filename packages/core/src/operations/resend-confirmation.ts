import type { Operation } from '../operation.ts';

export const resendConfirmation: Operation<'resendConfirmation'> = async ({ body }, { identity }) => {
  await identity.resendConfirmation(body.email);
  return { status: 202, body: { message: 'Check your e-mail' } };
};
