import type { Operation } from '../operation.ts';

export const registerUser: Operation<'registerUser'> = async ({ body }, { identity }) =>
  (await identity.register(body)) === 'usable'
    ? { status: 201, body: { message: 'User created successfully' } }
    : { status: 202, body: { message: 'Check your e-mail' } };
