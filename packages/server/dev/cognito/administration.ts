import type { UserPool } from '@async-chatbot/core/memory/user-pool';
import { unwrap } from '@async-chatbot/core/memory/user-pool/unwrap';
import { cognitoError } from './errors.ts';

/** Operations for administrators of the pool, which identify a user by email. */
export function administration(pool: UserPool, save: () => Promise<void>) {
  const saved =
    (change: UserPool['disable']) =>
    async (email: string): Promise<void> => {
      unwrap(change(email), cognitoError);
      await save();
    };

  return {
    disable: saved(pool.disable),
    requireReset: saved(pool.requireReset),
    unconfirm: saved(pool.unconfirm),
  };
}
