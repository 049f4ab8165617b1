import type { Handler } from '../operation.ts';

export const registerUser: Handler<'registerUser'> = async ({ body }, { identity }) =>
  (await identity.register(body)) === 'usable'
    ? { status: 201, body: { message: 'User created successfully' } }
    : { status: 202, body: { message: 'Check your e-mail' } };
