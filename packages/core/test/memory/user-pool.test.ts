import { describe, expect, it } from 'vitest';
import { ADA, DAY_MS, HOUR_MS, made, startPool } from './pool.ts';

const NEW_PASSWORD = 'canary-2';
const UNKNOWN = 'canary-unknown@example.com';

function withAda(isConfirmed = true) {
  const pool = startPool();
  const ada = made(pool.signUp({ ...ADA, isConfirmed }));
  return { pool, ada };
}

describe('signUp', () => {
  it('creates an account with the email in lowercase', () => {
    const pool = startPool();
    const ada = made(pool.signUp({ ...ADA, email: ADA.email.toUpperCase(), isConfirmed: true }));
    expect(ada).toMatchObject({ email: ADA.email, status: 'confirmed', isEnabled: true });
    expect(pool.find(ADA.email)).toBe(ada);
    expect(pool.newestCode()).toBe('');
  });

  it('sends a code to an unconfirmed user', () => {
    const { pool, ada } = withAda(false);
    expect(ada.code).toMatchObject({ value: pool.newestCode(), purpose: 'confirm' });
  });

  it.each([
    ['email-taken', { ...ADA, email: ADA.email.toUpperCase() }],
    ['weak-password', { email: UNKNOWN, password: 'canary7' }],
  ])('returns %s and changes nothing', (reason, credentials) => {
    const { pool } = withAda();
    const before = pool.stored();
    expect(pool.signUp({ ...credentials, isConfirmed: true })).toBe(reason);
    expect(pool.stored()).toBe(before);
  });

  it.each(['__proto__', 'constructor'])('finds no user named %s', (email) => {
    const { pool } = withAda();
    expect(pool.find(email)).toBeUndefined();
    made(pool.signUp({ email, password: 'canary-1', isConfirmed: true }));
    expect(made(pool.login(email, 'canary-1')).account.email).toBe(email);
  });
});

describe('confirm and resendConfirmation', () => {
  it('return the reason if they do nothing', () => {
    const { pool } = withAda();
    expect(pool.confirm(UNKNOWN, '1')).toBe('unknown-user');
    expect(pool.confirm(ADA.email, '1')).toBe('already-confirmed');
    expect(pool.resendConfirmation(UNKNOWN)).toBe('unknown-user');
    expect(pool.resendConfirmation(ADA.email)).toBe('already-confirmed');
    pool.disable(ADA.email);
    expect(pool.resendConfirmation(ADA.email)).toBe('disabled');
  });

  it('the newest code is valid for a day', () => {
    const { pool } = withAda(false);
    const first = pool.newestCode();
    made(pool.resendConfirmation(ADA.email));
    expect(pool.confirm(ADA.email, first)).toBe('wrong-code');
    pool.passes(DAY_MS);
    expect(pool.confirm(ADA.email, pool.newestCode())).toBe('code-expired');
    made(pool.resendConfirmation(ADA.email));
    pool.passes(DAY_MS - 1);
    expect(made(pool.confirm(ADA.email, pool.newestCode()))).toMatchObject({ status: 'confirmed' });
  });

  it('after five wrong codes within an hour, every code is rejected', () => {
    const { pool } = withAda(false);
    for (let attempt = 0; attempt < 5; attempt++) {
      expect(pool.confirm(ADA.email, 'canary')).toBe('wrong-code');
      pool.passes(HOUR_MS / 5 - 1);
    }
    expect(pool.confirm(ADA.email, pool.newestCode())).toBe('too-many-wrong-codes');
    pool.passes(5);
    made(pool.confirm(ADA.email, pool.newestCode()));
  });
});

describe('forgotPassword and resetPassword', () => {
  const reset = { email: ADA.email, password: NEW_PASSWORD };

  it('return the reason if they do nothing', () => {
    const { pool } = withAda();
    expect(pool.forgotPassword(UNKNOWN)).toBe('unknown-user');
    expect(pool.resetPassword({ ...reset, email: UNKNOWN, code: '1' })).toBe('unknown-user');
    expect(pool.resetPassword({ ...reset, code: '1' })).toBe('code-expired');
    expect(pool.resetPassword({ ...reset, code: '1', password: 'canary7' })).toBe('weak-password');
    pool.disable(ADA.email);
    expect(pool.forgotPassword(ADA.email)).toBe('disabled');
    expect(pool.resetPassword({ ...reset, code: '1' })).toBe('disabled');
  });

  it('reject an unconfirmed user', () => {
    const { pool } = withAda(false);
    expect(pool.forgotPassword(ADA.email)).toBe('unconfirmed');
    expect(pool.resetPassword({ ...reset, code: pool.newestCode() })).toBe('code-expired');
  });

  it('a code is valid for an hour and once, and sessions stay open', () => {
    const { pool } = withAda();
    const { refreshToken } = made(pool.login(ADA.email, ADA.password));
    made(pool.forgotPassword(ADA.email));
    const code = pool.newestCode();
    pool.passes(HOUR_MS - 1);
    made(pool.resetPassword({ ...reset, code }));
    made(pool.login(ADA.email, NEW_PASSWORD));
    made(pool.refresh(refreshToken));
    expect(pool.resetPassword({ ...reset, code })).toBe('code-expired');
  });
});

describe('login', () => {
  it.each([
    ['disabled', 'disable'],
    ['unconfirmed', 'unconfirm'],
    ['reset-required', 'requireReset'],
  ] as const)('is refused with %s only for the right password', (reason, change) => {
    const { pool } = withAda();
    made(pool[change](ADA.email.toUpperCase()));
    expect(pool.login(ADA.email, ADA.password)).toBe(reason);
    expect(pool.login(ADA.email, NEW_PASSWORD)).toBe('wrong-credentials');
  });

  it('works with the new password after a required reset', () => {
    const { pool } = withAda();
    made(pool.requireReset(ADA.email));
    made(pool.resetPassword({ email: ADA.email, code: pool.newestCode(), password: NEW_PASSWORD }));
    made(pool.login(ADA.email, NEW_PASSWORD));
  });

  it('removes sessions that have expired', () => {
    const { pool, ada } = withAda();
    made(pool.login(ADA.email, ADA.password));
    pool.passes(30 * DAY_MS);
    const { session } = made(pool.login(ADA.email, ADA.password));
    expect(ada.sessions).toEqual([session]);
  });
});

describe('refresh', () => {
  it('accepts a rotated token during the grace period; a later reuse does not end the session', () => {
    const pool = startPool({ refreshGraceMs: 1000 });
    made(pool.signUp({ ...ADA, isConfirmed: true }));
    const { refreshToken, session } = made(pool.login(ADA.email, ADA.password));
    const next = made(pool.refresh(refreshToken));
    expect(next.session).toBe(session);
    pool.passes(999);
    made(pool.refresh(refreshToken));
    pool.passes(1);
    expect(pool.refresh(refreshToken)).toBe('token-reused');
    made(pool.refresh(next.refreshToken));
  });

  it('fails after the end of the session, thirty days after the login', () => {
    const { pool } = withAda();
    const { refreshToken } = made(pool.login(ADA.email, ADA.password));
    expect(pool.refresh('canary')).toBe('unknown-token');
    pool.passes(30 * DAY_MS - 1);
    const next = made(pool.refresh(refreshToken));
    pool.passes(1);
    expect(pool.refresh(next.refreshToken)).toBe('session-expired');
  });

  it('stores the newest hundred tokens of a session', () => {
    const { pool } = withAda();
    const first = made(pool.login(ADA.email, ADA.password));
    let { refreshToken } = first;
    for (let round = 0; round < 100; round++) ({ refreshToken } = made(pool.refresh(refreshToken)));
    expect(first.session.tokens).toHaveLength(100);
    expect(pool.refresh(first.refreshToken)).toBe('unknown-token');
  });
});

describe('sessions', () => {
  it('revoke ends the session of a token, rotated or not, and no other', () => {
    const { pool, ada } = withAda();
    const { refreshToken, session } = made(pool.login(ADA.email, ADA.password));
    const other = made(pool.startSession(ADA.email));
    made(pool.refresh(refreshToken));
    pool.revoke('canary');
    pool.revoke(refreshToken);
    expect(pool.findSession(ada.id, session.id)).toBe('session-ended');
    expect(made(pool.findSession(ada.id, other.session.id))).toMatchObject({ account: ada, session: other.session });
  });

  it('endSession ends one session, endSessions all sessions of a user', () => {
    const { pool, ada } = withAda();
    const [first, second] = [made(pool.startSession(ADA.email)), made(pool.startSession(ADA.email))];
    pool.endSession(ada.id, first.session.id);
    expect(ada.sessions).toEqual([second.session]);
    pool.endSessions(ada.id);
    expect(pool.refresh(second.refreshToken)).toBe('unknown-token');
  });

  it('do nothing for an unknown user', () => {
    const { pool } = withAda();
    const before = pool.stored();
    for (const end of [pool.endSession, pool.endSessions, pool.deleteUser]) end('id-unknown', 'id-unknown');
    expect(pool.startSession(UNKNOWN)).toBe('unknown-user');
    expect(pool.findSession('id-unknown', 'id-unknown')).toBe('unknown-user');
    expect(pool.stored()).toBe(before);
  });

  it('end with the account', () => {
    const { pool, ada } = withAda();
    const { refreshToken, session } = made(pool.startSession(ADA.email));
    pool.deleteUser(ada.id);
    expect(pool.find(ADA.email)).toBeUndefined();
    expect(pool.findSession(ada.id, session.id)).toBe('unknown-user');
    expect(pool.refresh(refreshToken)).toBe('unknown-token');
  });
});

describe('changePassword', () => {
  it('requires the current password, and does not end sessions', () => {
    const { pool, ada } = withAda();
    const { refreshToken } = made(pool.startSession(ADA.email));
    expect(pool.changePassword('id-unknown', ADA.password, NEW_PASSWORD)).toBe('unknown-user');
    expect(pool.changePassword(ada.id, NEW_PASSWORD, 'canary-3')).toBe('wrong-password');
    expect(pool.changePassword(ada.id, ADA.password, 'canary7')).toBe('weak-password');
    made(pool.changePassword(ada.id, ADA.password, NEW_PASSWORD));
    made(pool.login(ADA.email, NEW_PASSWORD));
    made(pool.refresh(refreshToken));
  });
});

describe('administration', () => {
  it('returns unknown-user for an unknown address', () => {
    const { pool } = withAda();
    for (const change of [pool.disable, pool.requireReset, pool.unconfirm])
      expect(change(UNKNOWN)).toBe('unknown-user');
  });

  it('disabling ends every session', () => {
    const { pool, ada } = withAda();
    made(pool.startSession(ADA.email));
    made(pool.disable(ADA.email));
    expect(ada.sessions).toEqual([]);
  });
});

describe('state', () => {
  it('contains passwords and tokens as the host stores them', () => {
    const reversed = (text: string) => [...text].reverse().join('');
    const pool = startPool({
      passwords: { hash: reversed, verify: (password, stored) => reversed(password) === stored },
      hashToken: reversed,
    });
    made(pool.signUp({ ...ADA, isConfirmed: true }));
    const { refreshToken } = made(pool.login(ADA.email, ADA.password));
    expect(pool.stored()).not.toContain(ADA.password);
    expect(pool.stored()).not.toContain(refreshToken);
    made(pool.refresh(refreshToken));
  });

  it('is empty after clear', () => {
    const { pool, ada } = withAda();
    const { refreshToken, session } = made(pool.startSession(ADA.email));
    pool.clear();
    expect(pool.exportState()).toEqual({ accounts: [] });
    expect(pool.refresh(refreshToken)).toBe('unknown-token');
    expect(pool.findSession(ada.id, session.id)).toBe('unknown-user');
  });
});
