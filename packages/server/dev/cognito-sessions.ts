import { hash, randomBytes, randomUUID } from 'node:crypto';
import { CognitoError, NotAuthorizedError } from 'cognito-local/lib/errors.js';
import type { Account } from './cognito-account.ts';
import type { Pool } from './cognito-pool.ts';

/** What one login began: all tokens that come of it. */
export interface Session {
  /** `origin_jti` in the tokens. */
  id: string;
  startedAtMs: number;
  /** The refresh tokens, the oldest first; one that was used is `rotatedAtMs`. */
  tokens: { hash: string; rotatedAtMs?: number }[];
}

/** Cognito's default, counted from the login: a rotated token lives for what is left. */
const LIFETIME_MS = 30 * 24 * 3_600_000;
/** Older ones are forgotten, and unknown from then on. */
const REMEMBERED_TOKENS = 100;

export interface SessionOptions {
  refreshGraceSeconds: number;
  now: () => Date;
}

export type Sessions = ReturnType<typeof cognitoSessions>;

/** The sessions of the accounts, with rotation of refresh tokens as Cognito's app clients can have it. */
export function cognitoSessions(pool: Pool, { refreshGraceSeconds, now }: SessionOptions) {
  const nowMs = () => now().getTime();
  const hasExpired = ({ startedAtMs }: Session) => nowMs() >= startedAtMs + LIFETIME_MS;

  return {
    async start(account: Account) {
      const session: Session = { id: randomUUID(), startedAtMs: nowMs(), tokens: [] };
      account.Sessions = [...(account.Sessions ?? []).filter((each) => !hasExpired(each)), session];
      return { session, refreshToken: await nextToken(account, session) };
    },

    /** Takes a refresh token for a new one. A token that was taken already still serves for the grace period. */
    async renew(refreshToken: string) {
      const found = await find(refreshToken);
      if (!found) throw new NotAuthorizedError('Invalid Refresh Token');
      const { account, session, token } = found;
      if (hasExpired(session)) throw new NotAuthorizedError('Refresh Token has expired');
      const { rotatedAtMs } = token;
      if (rotatedAtMs !== undefined && nowMs() >= rotatedAtMs + refreshGraceSeconds * 1000) throw reused();
      token.rotatedAtMs ??= nowMs();
      return { account, session, refreshToken: await nextToken(account, session) };
    },

    /** Ends the session that the token is of, whether it was rotated or not, if there is one. */
    async end(refreshToken: string): Promise<void> {
      const found = await find(refreshToken);
      if (!found) return;
      found.account.Sessions = found.account.Sessions?.filter((each) => each !== found.session) ?? [];
      await pool.save(found.account);
    },

    async endAll(account: Account): Promise<void> {
      account.Sessions = [];
      await pool.save(account);
    },
  };

  async function nextToken(account: Account, session: Session): Promise<string> {
    const refreshToken = newToken();
    session.tokens = [...session.tokens, { hash: hashOf(refreshToken) }].slice(-REMEMBERED_TOKENS);
    await pool.save(account);
    return refreshToken;
  }

  async function find(refreshToken: string) {
    const hash = hashOf(refreshToken);
    for (const account of await pool.accounts()) {
      for (const session of account.Sessions ?? []) {
        const token = session.tokens.find((each) => each.hash === hash);
        if (token) return { account, session, token };
      }
    }
    return undefined;
  }
}

const reused = () => new CognitoError('RefreshTokenReuseException', 'Refresh token reuse detected');

const hashOf = (token: string): string => hash('sha256', token, 'base64url');

/** Five parts, as those of encrypted JSON (RFC 7516, section 3.1), and about as long as Cognito's: a cookie must hold it. */
function newToken(): string {
  const header = Buffer.from('{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}').toString('base64url');
  return [header, ...[256, 12, 900, 16].map((bytes) => randomBytes(bytes).toString('base64url'))].join('.');
}
