import type { Body, OperationCaller } from '../operation.ts';
import type { CallOptions } from '../options.ts';

/** The life of an account and of a session. */
export function usersResource(request: OperationCaller) {
  return {
    /**
     * Creates an account. Log in afterwards.
     *
     * @example
     * await client.users.register({ email: 'ada@example.com', password: 'Password123' });
     */
    register: (body: Body<'registerUser'>, options?: CallOptions) => request('registerUser', { ...options, body }),

    /**
     * Opens a session; the cookies that hold it are sent with every later call of this client.
     *
     * @example
     * await client.users.login({ email: 'ada@example.com', password: 'Password123' });
     */
    login: (body: Body<'loginUser'>, options?: CallOptions) => request('loginUser', { ...options, body }),

    /** Closes the session; without one it answers the same. */
    logout: (options?: CallOptions) => request('logoutUser', options),

    /**
     * Tells who is logged in.
     *
     * @example
     * const { email } = await client.users.me();
     */
    me: (options?: CallOptions) => request('getCurrentUser', options),
  };
}
