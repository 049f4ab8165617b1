import { expect, it } from 'vitest';
import { claimsOf, loggedInAt, startPool } from '../../support/servers/cognito-pool.ts';

const refused = { name: 'NotAuthorizedException' };

it('GetUser returns the attributes of the caller', async () => {
  const pool = await startPool();
  const { email, tokens } = await loggedInAt(pool);
  const { sub } = claimsOf(tokens.access);
  const user = await pool.cognito.getUser({ AccessToken: tokens.access });
  expect(user.Username).toBe(sub);
  for (const attribute of [
    { Name: 'sub', Value: sub },
    { Name: 'email', Value: email },
    { Name: 'email_verified', Value: 'true' },
  ])
    expect(user.UserAttributes).toContainEqual(attribute);
});

it('ChangePassword puts a new password in the place of the old one, and leaves sessions alone', async () => {
  const pool = await startPool();
  const { tokens, ...ada } = await loggedInAt(pool);
  const passwords = { PreviousPassword: ada.password, ProposedPassword: 'canary-2' };
  await pool.cognito.changePassword({ AccessToken: tokens.access, ...passwords });
  await expect(pool.login(ada)).rejects.toMatchObject(refused);
  await pool.login({ ...ada, password: 'canary-2' });
  await pool.refresh(tokens.refresh);
});

it.each([
  ['the previous password is wrong', 'canary-2', 'canary-3', 'NotAuthorizedException'],
  ['the new one is too weak', 'canary-1', 'canary7', 'InvalidPasswordException'],
])('ChangePassword changes nothing when %s', async (_words, PreviousPassword, ProposedPassword, name) => {
  const pool = await startPool();
  const { tokens, ...ada } = await loggedInAt(pool);
  const request = { AccessToken: tokens.access, PreviousPassword, ProposedPassword };
  await expect(pool.cognito.changePassword(request)).rejects.toMatchObject({ name });
  await pool.login(ada);
});

it('DeleteUser deletes the account with its sessions, and the address is free again', async () => {
  const pool = await startPool();
  const { tokens, ...ada } = await loggedInAt(pool);
  const bob = await loggedInAt(pool);
  await pool.cognito.deleteUser({ AccessToken: tokens.access });

  await expect(pool.login(ada)).rejects.toMatchObject(refused);
  await expect(pool.refresh(tokens.refresh)).rejects.toMatchObject(refused);
  const gone = { name: 'UserNotFoundException' };
  await expect(pool.cognito.getUser({ AccessToken: tokens.access })).rejects.toMatchObject(gone);
  await expect(pool.cognito.deleteUser({ AccessToken: tokens.access })).rejects.toMatchObject(gone);

  await pool.register(ada);
  expect(claimsOf((await pool.login(ada)).access).sub).not.toBe(claimsOf(tokens.access).sub);
  await pool.refresh(bob.tokens.refresh);
});
