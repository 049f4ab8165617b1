import { expect, it } from 'vitest';
import { claimsOf, loggedInAt, startPool } from '../../support/servers/cognito-pool.ts';

const refused = { name: 'NotAuthorizedException' };

it('GetUser returns the attributes of the user', async () => {
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

it('ChangePassword replaces the password, and does not end sessions', async () => {
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
])('ChangePassword changes nothing if %s', async (_label, PreviousPassword, ProposedPassword, name) => {
  const pool = await startPool();
  const { tokens, ...ada } = await loggedInAt(pool);
  const request = { AccessToken: tokens.access, PreviousPassword, ProposedPassword };
  await expect(pool.cognito.changePassword(request)).rejects.toMatchObject({ name });
  await pool.login(ada);
});

it('DeleteUser deletes the account and its sessions, and frees the address', async () => {
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
