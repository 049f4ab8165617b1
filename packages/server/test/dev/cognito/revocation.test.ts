import { expect, it } from 'vitest';
import { CLIENT, loggedInAt, type Pool, poolFolder, startPool } from '../../support/servers/cognito-pool.ts';

const refused = { name: 'NotAuthorizedException' };
const revoked = { ...refused, message: 'Access Token has been revoked' };
const PASSWORDS = { PreviousPassword: 'canary-1', ProposedPassword: 'canary-2' };

/** Expects every operation that takes an access token to reject this one. */
async function expectRevoked({ cognito }: Pool, AccessToken: string): Promise<void> {
  await expect(cognito.getUser({ AccessToken })).rejects.toMatchObject(revoked);
  await expect(cognito.changePassword({ AccessToken, ...PASSWORDS })).rejects.toMatchObject(revoked);
  await expect(cognito.deleteUser({ AccessToken })).rejects.toMatchObject(revoked);
  await expect(cognito.globalSignOut({ AccessToken })).rejects.toMatchObject(revoked);
}

it('RevokeToken ends the session of the token, and no other', async () => {
  const pool = await startPool();
  const ada = await loggedInAt(pool);
  const otherSession = await pool.login(ada);
  const { refresh, access } = await pool.refresh(ada.tokens.refresh);
  await pool.cognito.revokeToken({ ...CLIENT, Token: refresh });

  for (const token of [refresh, ada.tokens.refresh]) await expect(pool.refresh(token)).rejects.toMatchObject(refused);
  for (const token of [access, ada.tokens.access]) await expectRevoked(pool, token);
  await pool.cognito.getUser({ AccessToken: otherSession.access });
  await pool.refresh(otherSession.refresh);
});

it('RevokeToken accepts a rotated token', async () => {
  const pool = await startPool();
  const { tokens } = await loggedInAt(pool);
  const { refresh, access } = await pool.refresh(tokens.refresh);
  await pool.cognito.revokeToken({ ...CLIENT, Token: tokens.refresh });
  await expect(pool.refresh(refresh)).rejects.toMatchObject(refused);
  await expectRevoked(pool, access);
});

it('RevokeToken accepts a revoked or unknown token', async () => {
  const pool = await startPool();
  const { tokens } = await loggedInAt(pool);
  for (const Token of [tokens.refresh, tokens.refresh, 'canary']) await pool.cognito.revokeToken({ ...CLIENT, Token });
});

it('RevokeToken rejects an access token', async () => {
  const pool = await startPool();
  const { tokens } = await loggedInAt(pool);
  const request = pool.cognito.revokeToken({ ...CLIENT, Token: tokens.access });
  await expect(request).rejects.toMatchObject({ name: 'UnsupportedTokenTypeException' });
  await pool.cognito.getUser({ AccessToken: tokens.access });
});

it('GlobalSignOut ends all sessions of its user, and no others', async () => {
  const pool = await startPool();
  const [ada, bob] = [await loggedInAt(pool), await loggedInAt(pool)];
  const sessions = [ada.tokens, await pool.login(ada), await pool.refresh(ada.tokens.refresh)];
  await pool.cognito.globalSignOut({ AccessToken: ada.tokens.access });

  for (const { refresh, access } of sessions) {
    await expect(pool.refresh(refresh)).rejects.toMatchObject(refused);
    await expectRevoked(pool, access);
  }
  await pool.refresh(bob.tokens.refresh);
  await pool.cognito.getUser({ AccessToken: (await pool.login(ada)).access });
});

it('a revocation survives a restart', async () => {
  const folder = await poolFolder();
  const pool = await startPool({ folder });
  const { tokens } = await loggedInAt(pool);
  await pool.cognito.revokeToken({ ...CLIENT, Token: tokens.refresh });
  await pool.close();
  const again = await startPool({ folder });
  await expect(again.refresh(tokens.refresh)).rejects.toMatchObject(refused);
  await expectRevoked(again, tokens.access);
});
