import type { Identity } from '@async-chatbot/core/ports/identity';

/**
 * The time that a request takes must not show whether an account exists (ASVS 5.0, 6.3.8). Results that do not show it
 * themselves take at least as long as `minimum`; the others, such as a login that succeeds, may be quick.
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
