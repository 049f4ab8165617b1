import type { Identity } from '@async-chatbot/core/ports/identity';

/**
 * How long an answer takes must not tell whether there is an account (ASVS 5.0, 6.3.8). Answers that say nothing about it
 * take at least as long as `least`; those that do, such as a login that succeeds, may be quick.
 */
export function evenTimed(identity: Identity, least: () => Promise<void>): Identity {
  async function evenly<Answer>(work: Promise<Answer>): Promise<Answer> {
    await Promise.allSettled([work, least()]);
    return work;
  }

  async function evenlyIfRefused<Answer>(work: Promise<Answer>): Promise<Answer> {
    const elapsed = least();
    return work.catch(async (problem: unknown) => {
      await elapsed;
      throw problem;
    });
  }

  return {
    ...identity,
    resendConfirmation: (email) => evenly(identity.resendConfirmation(email)),
    forgotPassword: (email) => evenly(identity.forgotPassword(email)),

    async register(account) {
      const elapsed = least();
      const made = await identity.register(account);
      if (made === 'unconfirmed') await elapsed;
      return made;
    },

    confirm: (confirmation) => evenlyIfRefused(identity.confirm(confirmation)),
    resetPassword: (reset) => evenlyIfRefused(identity.resetPassword(reset)),
    login: (credentials) => evenlyIfRefused(identity.login(credentials)),
  };
}
