import type { Identity } from '../ports/identity.ts';
import { type MemoryIdentityOptions, memoryIdentity } from './identity.ts';
import { userPool } from './user-pool.ts';

/** The identity port in memory, with controls for tests. An unknown address throws: it is a mistake of the test. */
interface MemoryUsers {
  readonly identity: Identity;
  /** Creates an account that can log in. */
  addUser(user: { readonly email: string; readonly password: string }): { id: string; email: string };
  /** The access token of a new session. */
  tokenFor(email: string): string;
  /** The newest code that was sent to an address. */
  codeFor(email: string): string;
  /** Makes every access token invalid; refresh tokens still work. */
  expireSessions(): void;
  /** Ends every session. */
  endSessions(): void;
  clear(): void;
}

const FIRST_CODE = 100_001;

/** Users whose codes count up from 100001, and whose tokens begin with their kind. */
export function memoryUsers({ registration, now, newToken }: MemoryIdentityOptions): MemoryUsers {
  let sentCodes = 0;
  const pool = userPool({
    now,
    newId: newToken,
    newRefreshToken: () => `refresh-${newToken()}`,
    newCode: () => String(FIRST_CODE + sentCodes++),
  });
  const identity = memoryIdentity(pool, { registration, now, newToken });

  return {
    identity,

    addUser(user) {
      const outcome = pool.signUp({ ...user, isConfirmed: true });
      if (outcome === 'email-taken') throw new Error(`The address ${user.email} is taken`);
      if (outcome === 'weak-password') throw new Error('A password must be at least 8 characters');
      return { id: outcome.id, email: outcome.email };
    },

    tokenFor(email) {
      const opened = pool.startSession(email);
      if (opened === 'unknown-user') throw unknown(email);
      return identity.issue(opened).accessToken;
    },

    codeFor(email) {
      const account = pool.find(email);
      if (!account) throw unknown(email);
      if (!account.code) throw new Error(`No code was sent to ${email}`);
      return account.code.value;
    },

    expireSessions: identity.expireAccessTokens,

    endSessions() {
      for (const { id } of pool.exportState().accounts) pool.endSessions(id);
    },

    clear() {
      pool.clear();
      identity.expireAccessTokens();
      sentCodes = 0;
    },
  };
}

const unknown = (email: string): Error => new Error(`No user has the address ${email}`);
