import type { Identity } from '@async-chatbot/core/ports/identity';

/**
 * Hides from response times whether an account exists (ASVS 5.0, 6.3.8). Results that do not reveal it take at least as long
 * as `minimum`; results that do, such as a successful login, are not delayed.
 */
export function withMinimumDuration(identity: Identity, minimum: () => Promise<void>): Identity {
  async function slow<Result>(work: Promise<Result>): Promise<Result> {
    await Promise.allSettled([work, minimum()]);
    return work;
  }

  async function slowIfRejected<Result>(work: Promise<Result>): Promise<Result> {
    const elapsed = minimum();
    return work.catch(async (problem: unknown) => {
      await elapsed;
      throw problem;
    });
  }

  return {
    ...identity,
    resendConfirmation: (email) => slow(identity.resendConfirmation(email)),
    forgotPassword: (email) => slow(identity.forgotPassword(email)),

    async register(account) {
      const elapsed = minimum();
      const result = await identity.register(account);
      if (result === 'unconfirmed') await elapsed;
      return result;
    },

    confirm: (confirmation) => slowIfRejected(identity.confirm(confirmation)),
    resetPassword: (reset) => slowIfRejected(identity.resetPassword(reset)),
    login: (credentials) => slowIfRejected(identity.login(credentials)),
  };
}
