import { expect, it } from 'vitest';
import { newCredentials } from '../../support/requests/client.ts';
import { CLIENT, loggedInAt, type Pool, startPool } from '../../support/servers/cognito-pool.ts';

const WRONG = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' };

it('responds identically to a wrong password and an unknown address', async () => {
  const pool = await startPool();
  const { email } = await pool.register();
  await expect(pool.login({ email, password: 'canary-2' })).rejects.toMatchObject(WRONG);
  await expect(pool.login(newCredentials())).rejects.toMatchObject(WRONG);
});

it.each([
  ['disabled', (pool: Pool, email: string) => pool.users.disable(email), 'NotAuthorizedException', 'User is disabled.'],
  ['unconfirmed', (pool: Pool, email: string) => pool.users.unconfirm(email), 'UserNotConfirmedException', undefined],
  [
    'required to reset the password',
    (pool: Pool, email: string) => pool.users.requireReset(email),
    'PasswordResetRequiredException',
    undefined,
  ],
])('reveals that a user is %s only if the password is right', async (_label, change, name, message) => {
  const pool = await startPool();
  const ada = await pool.register();
  await change(pool, ada.email.toUpperCase());
  await expect(pool.login(ada)).rejects.toMatchObject({ name, ...(message && { message }) });
  await expect(pool.login({ ...ada, password: 'canary-2' })).rejects.toMatchObject(WRONG);
});

it('ends the sessions of a disabled user', async () => {
  const pool = await startPool();
  const { email, tokens } = await loggedInAt(pool);
  await pool.users.disable(email);
  await expect(pool.refresh(tokens.refresh)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  const request = pool.cognito.getUser({ AccessToken: tokens.access });
  await expect(request).rejects.toMatchObject({ name: 'NotAuthorizedException' });
});

it('sends a code to a user who must reset the password, and the code works', async () => {
  const pool = await startPool();
  const ada = await pool.register();
  await pool.users.requireReset(ada.email);
  const [{ code, ...sent } = { code: '' }] = pool.mail;
  expect(sent).toEqual({ email: ada.email, purpose: 'reset' });

  const Password = 'canary-2';
  await pool.cognito.confirmForgotPassword({ ...CLIENT, Username: ada.email, ConfirmationCode: code, Password });
  await pool.login({ ...ada, password: Password });
});

it('rejects administration of an unknown address', async () => {
  const { users } = await startPool();
  await expect(users.disable('canary@example.com')).rejects.toMatchObject({ name: 'UserNotFoundException' });
});

it('keeps all sessions of twenty concurrent logins', async () => {
  const pool = await startPool();
  const ada = await pool.register();
  const sessions = await Promise.all(Array.from({ length: 20 }, () => pool.login(ada)));
  await Promise.all(sessions.map(({ refresh }) => pool.refresh(refresh)));
});

it.each([
  ['another flow', { AuthFlow: 'USER_SRP_AUTH' as const, AuthParameters: { USERNAME: 'canary@example.com' } }],
  ['no user name', { AuthFlow: 'USER_PASSWORD_AUTH' as const, AuthParameters: { PASSWORD: 'canary-1' } }],
  ['no password', { AuthFlow: 'USER_PASSWORD_AUTH' as const, AuthParameters: { USERNAME: 'canary@example.com' } }],
])('rejects a login with %s', async (_label, request) => {
  const { cognito } = await startPool();
  await expect(cognito.initiateAuth({ ...CLIENT, ...request })).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
});

it.each(['__proto__', 'constructor'])('has no user named %s', async (USERNAME) => {
  const { cognito } = await startPool();
  const AuthParameters = { USERNAME, PASSWORD: 'canary-1' };
  const login = cognito.initiateAuth({ ...CLIENT, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
  await expect(login).rejects.toMatchObject(WRONG);
  const confirmation = cognito.confirmSignUp({ ...CLIENT, Username: USERNAME, ConfirmationCode: '000000' });
  await expect(confirmation).rejects.toMatchObject({ name: 'CodeMismatchException' });
});
