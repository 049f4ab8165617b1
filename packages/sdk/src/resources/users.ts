import type { Call } from '../http/call.ts';
import type { Body, OperationCaller } from '../http/operation.ts';
import type { CallOptions } from '../options.ts';
import type { ExportedItem, Usage, User } from '../schemas.ts';

/** Creates the methods for the account and the session of the user. */
export function usersResource(request: OperationCaller) {
  return {
    /**
     * Creates an account. If the `message` is `Check your e-mail`, call `confirm` before you log in.
     *
     * @example
     * await client.users.register({ email: 'ada@example.com', password: 'Password123' });
     */
    register: (body: Body<'registerUser'>, options?: CallOptions) => request('registerUser', { ...options, body }),

    /**
     * Confirms the email address with the code from the email. The password replaces that of someone else who registered the
     * address first.
     *
     * @example
     * await client.users.confirm({ email: 'ada@example.com', code: '123456', password: 'Password123' });
     */
    confirm: (body: Body<'confirmUser'>, options?: CallOptions) => request('confirmUser', { ...options, body }),

    /**
     * Emails a new code for `confirm`.
     *
     * @example
     * await client.users.resendConfirmation({ email: 'ada@example.com' });
     */
    resendConfirmation: (body: Body<'resendConfirmation'>, options?: CallOptions) =>
      request('resendConfirmation', { ...options, body }),

    /**
     * Logs in. The client sends the cookies of the session with every later call.
     *
     * @example
     * await client.users.login({ email: 'ada@example.com', password: 'Password123' });
     */
    login: (body: Body<'loginUser'>, options?: CallOptions) => request('loginUser', { ...options, body }),

    /** Refreshes the session. The client does this automatically when the access token has expired. */
    refresh: (options?: CallOptions) => request('refreshSession', options),

    /** Ends the session. Succeeds even if there is none. */
    logout: (options?: CallOptions) => request('logoutUser', options),

    /** Ends every session of the user, on every device, including this one. */
    logoutEverywhere: (options?: CallOptions) => request('logoutEverywhere', options),

    /**
     * Emails a code for `resetPassword` if the account exists. Succeeds in either case.
     *
     * @example
     * await client.users.forgotPassword({ email: 'ada@example.com' });
     */
    forgotPassword: (body: Body<'forgotPassword'>, options?: CallOptions) =>
      request('forgotPassword', { ...options, body }),

    /**
     * Sets a new password with the code from the email and ends every session of the account. Log in afterwards.
     *
     * @example
     * await client.users.resetPassword({ email: 'ada@example.com', code: '123456', password: 'Password456' });
     */
    resetPassword: (body: Body<'resetPassword'>, options?: CallOptions) =>
      request('resetPassword', { ...options, body }),

    /**
     * Returns the user who is logged in.
     *
     * @example
     * const { email } = await client.users.me();
     */
    me: (options?: CallOptions): Call<User> => request('getCurrentUser', options),

    /**
     * Returns how much of each daily quota is used and left. Quotas that the server does not enforce are absent.
     *
     * @example
     * const { messages } = await client.users.usage();
     */
    usage: (options?: CallOptions): Call<Usage> => request('getUsage', options),

    /**
     * Permanently deletes the account and its messages. Rejects with `recent-login-required` (403) if the login is older than 5
     * minutes.
     */
    delete: (options?: CallOptions) => request('deleteCurrentUser', options),

    /**
     * Sets a new password and ends every other session of the user.
     *
     * @example
     * await client.users.changePassword({ current_password: 'Password123', new_password: 'Password456' });
     */
    changePassword: (body: Body<'changePassword'>, options?: CallOptions) =>
      request('changePassword', { ...options, body }),

    /**
     * Streams all stored data of the user: the account, then each conversation with its messages, newest first, and finally
     * `end` with the number of both. An export without it is incomplete, and the loop throws a `ConnectionError`. Starting the
     * loop sends the request, and leaving it cancels the request.
     *
     * @example
     * for await (const item of client.users.export()) {
     *   if ('message' in item) console.log(item.message.content);
     * }
     */
    async *export(options?: CallOptions): AsyncGenerator<ExportedItem, void, undefined> {
      yield* await request('exportData', options);
    },
  };
}

/** Methods for the account and the session of the user. */
export interface Users extends ReturnType<typeof usersResource> {}
