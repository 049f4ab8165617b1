import type { Identity } from '../ports/identity.ts';
import { type MemoryIdentityOptions, memoryIdentity } from './identity.ts';
import { userPool } from './user-pool.ts';

/** The identity port in memory, with controls for tests. They throw for an unknown email, which is an error in the test. */
interface MemoryUsers {
  readonly identity: Identity;
  /** Creates an account that can log in. */
  addUser(user: { readonly email: string; readonly password: string }): { id: string; email: string };
  /** Opens a session and returns its access token. */
  tokenFor(email: string): string;
  /** The code most recently sent to an email address. */
  codeFor(email: string): string;
  /** Invalidates all access tokens; refresh tokens still work. */
  expireSessions(): void;
  /** Ends every session. */
  endSessions(): void;
  clear(): void;
}

const FIRST_CODE = 100_001;

/** Codes count up from 100001, and tokens start with `access-` or `refresh-`. */
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
