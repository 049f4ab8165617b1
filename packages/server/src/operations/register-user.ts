import type { Operation } from '../operation.ts';

export const registerUser: Operation<'registerUser'> = async ({ body }, { identity }) => {
  await identity.register(body);
  return { status: 201, body: { message: 'User created successfully' } };
};
