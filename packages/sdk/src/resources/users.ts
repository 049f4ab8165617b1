import type { Call } from '../http/call.ts';
import type { Body, OperationCaller } from '../http/operation.ts';
import type { CallOptions } from '../options.ts';
import type { ExportedItem, Usage, User } from '../schemas.ts';

/** The life of an account and of a session. */
export function usersResource(request: OperationCaller) {
  return {
    /**
     * Creates an account. Log in afterwards, or `confirm` first where the answer is `Check your e-mail`.
     *
     * @example
     * await client.users.register({ email: 'ada@example.com', password: 'Password123' });
     */
    register: (body: Body<'registerUser'>, options?: CallOptions) => request('registerUser', { ...options, body }),

    /**
     * Proves by the e-mailed code that the address is the caller's.
     *
     * @example
     * await client.users.confirm({ email: 'ada@example.com', code: '123456' });
     */
    confirm: (body: Body<'confirmUser'>, options?: CallOptions) => request('confirmUser', { ...options, body }),

    /**
     * Has the code for `confirm` e-mailed again.
     *
     * @example
     * await client.users.resendConfirmation({ email: 'ada@example.com' });
     */
    resendConfirmation: (body: Body<'resendConfirmation'>, options?: CallOptions) =>
      request('resendConfirmation', { ...options, body }),

    /**
     * Opens a session; the cookies that hold it are sent with every later call of this client.
     *
     * @example
     * await client.users.login({ email: 'ada@example.com', password: 'Password123' });
     */
    login: (body: Body<'loginUser'>, options?: CallOptions) => request('loginUser', { ...options, body }),

    /** Gives the session new cookies. The client does it by itself when a call needs it. */
    refresh: (options?: CallOptions) => request('refreshSession', options),

    /** Closes the session; without one it answers the same. */
    logout: (options?: CallOptions) => request('logoutUser', options),

    /** Closes every session of the caller, on every device, this one too. */
    logoutEverywhere: (options?: CallOptions) => request('logoutEverywhere', options),

    /**
     * Has a code for `resetPassword` e-mailed, if there is such an account.
     *
     * @example
     * await client.users.forgotPassword({ email: 'ada@example.com' });
     */
    forgotPassword: (body: Body<'forgotPassword'>, options?: CallOptions) =>
      request('forgotPassword', { ...options, body }),

    /**
     * Sets a new password, proved by the e-mailed code, and ends every session of the account. Log in afterwards.
     *
     * @example
     * await client.users.resetPassword({ email: 'ada@example.com', code: '123456', password: 'Password456' });
     */
    resetPassword: (body: Body<'resetPassword'>, options?: CallOptions) =>
      request('resetPassword', { ...options, body }),

    /**
     * Tells who is logged in.
     *
     * @example
     * const { email } = await client.users.me();
     */
    me: (options?: CallOptions): Call<User> => request('getCurrentUser', options),

    /**
     * What is left of the day's quotas; a quota that the server does not have is absent.
     *
     * @example
     * const { messages } = await client.users.usage();
     */
    usage: (options?: CallOptions): Call<Usage> => request('getUsage', options),

    /** Erases the account and all its messages for good; `recent-login-required` if the login is older than 5 minutes. */
    delete: (options?: CallOptions) => request('deleteCurrentUser', options),

    /**
     * Sets a new password and ends every other session of the caller; this one goes on.
     *
     * @example
     * await client.users.changePassword({ current_password: 'Password123', new_password: 'Password456' });
     */
    changePassword: (body: Body<'changePassword'>, options?: CallOptions) =>
      request('changePassword', { ...options, body }),

    /**
     * Everything that is stored about the caller, item by item as it comes: the account, then the messages, newest
     * first. The request begins with the loop and is cancelled by leaving it; an export that is not whole throws a
     * `ConnectionError`.
     *
     * @example
     * for await (const item of client.users.export()) console.log('user' in item ? item.user : item.message);
     */
    async *export(options?: CallOptions): AsyncGenerator<ExportedItem, void, undefined> {
      yield* await request('exportData', options);
    },
  };
}

/** The life of an account and of a session. */
export interface Users extends ReturnType<typeof usersResource> {}
