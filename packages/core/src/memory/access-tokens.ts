import type { OpenSession } from './user-pool/sessions.ts';

export interface IssuedTokens {
  accessToken: string;
  refreshToken: string;
}

interface AccessToken {
  userId: string;
  sessionId: string;
  expiresAtMs: number;
}

const LIFETIME_MS = 3_600_000;

/** Issues opaque access tokens, valid for an hour. */
export function accessTokens(now: () => Date, newToken: () => string) {
  const byValue = new Map<string, AccessToken>();
  const nowMs = () => now().getTime();

  return {
    issue({ account, session, refreshToken }: OpenSession): IssuedTokens {
      const accessToken = `access-${newToken()}`;
      const expiresAtMs = nowMs() + LIFETIME_MS;
      byValue.set(accessToken, { userId: account.id, sessionId: session.id, expiresAtMs });
      return { accessToken, refreshToken };
    },

    /** The token, which may have expired. */
    find: (accessToken = ''): AccessToken | undefined => byValue.get(accessToken),

    isExpired: ({ expiresAtMs }: AccessToken): boolean => expiresAtMs <= nowMs(),

    clear: (): void => byValue.clear(),
  };
}
