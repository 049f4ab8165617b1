import { Problem } from '@async-chatbot/shared/problem';
import type { Account } from './accounts.ts';

/** What a caller presents, or is given, to prove a session. */
export interface Tokens {
  accessToken?: string | undefined;
  refreshToken?: string | undefined;
}

export interface Caller {
  account: Account;
  loggedInAtMs: number;
}

interface Session extends Caller {
  isOver: boolean;
}

/** A token of a session; a refresh token that was used is good a little longer. */
interface Issued {
  session: Session;
  endsAtMs: number;
  isUsed?: boolean;
}

const HOUR_MS = 3_600_000;
const REFRESH_MS = 30 * 24 * HOUR_MS;
const GRACE_MS = 30_000;

export type Sessions = ReturnType<typeof sessions>;

/** Sessions with an access token for an hour, and refresh tokens that are each good for one refresh. */
export function sessions(now: () => Date, newToken: () => string) {
  const access = new Map<string, Issued>();
  const refresh = new Map<string, Issued>();
  const nowMs = () => now().getTime();

  function issue(session: Session): { accessToken: string; refreshToken: string } {
    const tokens = { accessToken: `access-${newToken()}`, refreshToken: `refresh-${newToken()}` };
    access.set(tokens.accessToken, { session, endsAtMs: nowMs() + HOUR_MS });
    refresh.set(tokens.refreshToken, { session, endsAtMs: session.loggedInAtMs + REFRESH_MS });
    return tokens;
  }

  const endWhere = (isMeant: (session: Session) => boolean): void => {
    for (const { session } of [...access.values(), ...refresh.values()]) session.isOver ||= isMeant(session);
  };

  return {
    open: (account: Account) => issue({ account, loggedInAtMs: nowMs(), isOver: false }),

    /** Who calls; throws `unauthenticated`. */
    verify(accessToken: string): Caller {
      const found = access.get(accessToken);
      if (!found || found.session.isOver || found.endsAtMs <= nowMs()) throw new Problem('unauthenticated');
      return found.session;
    },

    /** New tokens for old ones; throws `unauthenticated`, `session-expired` or `refresh-reused`. */
    renew({ refreshToken }: Tokens): Tokens {
      if (!refreshToken) throw new Problem('unauthenticated');
      const found = refresh.get(refreshToken);
      const isLate = found !== undefined && found.endsAtMs <= nowMs();
      if (!found || found.session.isOver || (isLate && !found.isUsed)) throw new Problem('session-expired');
      if (isLate) {
        found.session.isOver = true;
        throw new Problem('refresh-reused');
      }
      if (!found.isUsed) found.endsAtMs = Math.min(found.endsAtMs, nowMs() + GRACE_MS);
      found.isUsed = true;
      return issue(found.session);
    },

    end({ accessToken = '', refreshToken = '' }: Tokens): void {
      const ended = [access.get(accessToken), refresh.get(refreshToken)].map((found) => found?.session);
      endWhere((session) => ended.includes(session));
    },

    endAllOf: (account: Account) => endWhere((session) => session.account === account),
    endAll: () => endWhere(() => true),

    /** As if an hour had passed. */
    expireAccess(): void {
      access.clear();
    },

    clear(): void {
      access.clear();
      refresh.clear();
    },
  };
}
