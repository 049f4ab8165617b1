import { expect, it } from 'vitest';
import { newCredentials } from '../../support/requests/client.ts';
import { CLIENT, HOUR_MS, otherThan, type Pool, startPool } from '../../support/servers/cognito-pool.ts';

const mismatch = { name: 'CodeMismatchException' };
const expired = { name: 'ExpiredCodeException' };

/** A user who has registered in a pool that requires codes, and the code. */
async function unconfirmed() {
  const pool = await startPool({ registration: 'confirm' });
  const credentials = await pool.register();
  return { pool, credentials, code: newestCode(pool) };
}

const newestCode = ({ mail }: Pool) => mail.at(-1)?.code ?? '';

const confirm = ({ cognito }: Pool, Username: string, ConfirmationCode: string) =>
  cognito.confirmSignUp({ ...CLIENT, Username, ConfirmationCode });

it('confirms all users in an open pool, and sends no codes', async () => {
  const pool = await startPool();
  const { email: Username, password: Password } = newCredentials();
  const response = await pool.cognito.signUp({ ...CLIENT, Username, Password });
  expect(response).toMatchObject({ UserConfirmed: true, UserSub: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  expect(response.CodeDeliveryDetails).toBeUndefined();
  expect(pool.mail).toEqual([]);
});

it('sends a six-digit code if required, and rejects logins until it is confirmed', async () => {
  const pool = await startPool({ registration: 'confirm' });
  const ada = newCredentials();
  const response = await pool.cognito.signUp({ ...CLIENT, Username: ada.email, Password: ada.password });
  expect(response).toMatchObject({
    UserConfirmed: false,
    CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'c***@e***' },
  });
  expect(pool.mail).toEqual([{ email: ada.email, purpose: 'confirm', code: expect.stringMatching(/^\d{6}$/) }]);
  await expect(pool.login(ada)).rejects.toMatchObject({ name: 'UserNotConfirmedException' });

  await confirm(pool, ada.email.toUpperCase(), newestCode(pool));
  const { access } = await pool.login(ada);
  const { UserAttributes } = await pool.cognito.getUser({ AccessToken: access });
  expect(UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'true' });
});

it('accepts a code once, since a confirmed user cannot be confirmed', async () => {
  const { pool, credentials, code } = await unconfirmed();
  await confirm(pool, credentials.email, code);
  await expect(confirm(pool, credentials.email, code)).rejects.toMatchObject({
    name: 'NotAuthorizedException',
    message: 'User cannot be confirmed. Current status is CONFIRMED',
  });
});

it('rejects a wrong code, a code for an unknown user, and a code for another purpose', async () => {
  const { pool, credentials, code } = await unconfirmed();
  await expect(confirm(pool, credentials.email, otherThan(code))).rejects.toMatchObject(mismatch);
  await expect(confirm(pool, newCredentials().email, code)).rejects.toMatchObject(mismatch);
  await pool.users.requireReset(credentials.email);
  await pool.users.unconfirm(credentials.email);
  await expect(confirm(pool, credentials.email, newestCode(pool))).rejects.toMatchObject(expired);
});

it('accepts a code for a day', async () => {
  const { pool, credentials, code } = await unconfirmed();
  pool.passes(24 * HOUR_MS - 1);
  await expect(confirm(pool, credentials.email, otherThan(code))).rejects.toMatchObject(mismatch);
  pool.passes(1);
  await expect(confirm(pool, credentials.email, code)).rejects.toMatchObject(expired);
});

it('sends a new code, which invalidates the previous one', async () => {
  const { pool, credentials, code } = await unconfirmed();
  pool.passes(24 * HOUR_MS);
  const { CodeDeliveryDetails } = await pool.cognito.resendConfirmationCode({ ...CLIENT, Username: credentials.email });
  expect(CodeDeliveryDetails?.Destination).toBe('c***@e***');
  expect(pool.mail).toHaveLength(2);
  if (code !== newestCode(pool)) {
    await expect(confirm(pool, credentials.email, code)).rejects.toMatchObject(mismatch);
  }
  await confirm(pool, credentials.email, newestCode(pool));
});

it('responds identically, and sends no code, for an unknown and a disabled user', async () => {
  const { pool, credentials } = await unconfirmed();
  const resend = async (Username: string) => {
    const { $metadata, ...response } = await pool.cognito.resendConfirmationCode({ ...CLIENT, Username });
    return response;
  };
  const known = await resend(credentials.email);
  expect(await resend(newCredentials().email)).toEqual(known);
  await pool.users.disable(credentials.email);
  expect(await resend(credentials.email)).toEqual(known);
  expect(pool.mail).toHaveLength(2);
});

it('sends no code to a confirmed user', async () => {
  const pool = await startPool();
  const { email: Username } = await pool.register();
  const request = pool.cognito.resendConfirmationCode({ ...CLIENT, Username });
  await expect(request).rejects.toMatchObject({ name: 'InvalidParameterException' });
});

it('rejects all codes for an hour after five wrong ones', async () => {
  const { pool, credentials, code } = await unconfirmed();
  const guess = () => confirm(pool, credentials.email, otherThan(code));
  for (let round = 0; round < 5; round++) await expect(guess()).rejects.toMatchObject(mismatch);
  const tooMany = { name: 'TooManyFailedAttemptsException' };
  await expect(confirm(pool, credentials.email, code)).rejects.toMatchObject(tooMany);
  await pool.cognito.resendConfirmationCode({ ...CLIENT, Username: credentials.email });
  await expect(confirm(pool, credentials.email, newestCode(pool))).rejects.toMatchObject(tooMany);
  pool.passes(HOUR_MS);
  await confirm(pool, credentials.email, newestCode(pool));
});

it('rejects a taken address, whatever its case, and accepts one of ten concurrent registrations', async () => {
  const pool = await startPool();
  const ada = newCredentials();
  const tries = Array.from({ length: 10 }, () => pool.register(ada));
  const outcomes = await Promise.allSettled(tries);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const again = pool.register({ ...ada, email: ada.email.toUpperCase() });
  await expect(again).rejects.toMatchObject({ name: 'UsernameExistsException' });
});

it('rejects a password of seven characters, and a username that is not an email', async () => {
  const pool = await startPool();
  const weak = pool.register({ ...newCredentials(), password: 'canary7' });
  await expect(weak).rejects.toMatchObject({ name: 'InvalidPasswordException' });
  const invalid = pool.register({ ...newCredentials(), email: 'canary' });
  await expect(invalid).rejects.toMatchObject({ name: 'InvalidParameterException' });
});
