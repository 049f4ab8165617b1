import { expect, it } from 'vitest';
import { newCredentials } from '../../support/requests/client.ts';
import { CLIENT, HOUR_MS, loggedInAt, otherThan, type Pool, startPool } from '../../support/servers/cognito-pool.ts';

const mismatch = { name: 'CodeMismatchException' };
const expired = { name: 'ExpiredCodeException' };
const NEW_PASSWORD = 'canary-2';

const requestReset = async ({ cognito }: Pool, Username: string) => {
  const { $metadata, ...response } = await cognito.forgotPassword({ ...CLIENT, Username });
  return response;
};

const reset = ({ cognito }: Pool, Username: string, ConfirmationCode: string, Password = NEW_PASSWORD) =>
  cognito.confirmForgotPassword({ ...CLIENT, Username, ConfirmationCode, Password });

/** A user who has requested a reset, and the code. */
async function resetRequested() {
  const pool = await startPool();
  const credentials = await pool.register();
  const response = await requestReset(pool, credentials.email.toUpperCase());
  return { pool, credentials, response, code: pool.mail.at(-1)?.code ?? '' };
}

it('sends a six-digit code that sets a new password, once', async () => {
  const { pool, credentials, response, code } = await resetRequested();
  expect(response).toEqual({
    CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'c***@e***' },
  });
  expect(pool.mail).toEqual([{ email: credentials.email, purpose: 'reset', code: expect.stringMatching(/^\d{6}$/) }]);

  await reset(pool, credentials.email, code);
  await pool.login({ ...credentials, password: NEW_PASSWORD });
  await expect(pool.login(credentials)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  await expect(reset(pool, credentials.email, code, 'canary-3')).rejects.toMatchObject(expired);
});

it('responds identically, and sends no code, for an unknown and a disabled user', async () => {
  const { pool, credentials, response } = await resetRequested();
  expect(await requestReset(pool, newCredentials().email)).toEqual(response);
  await pool.users.disable(credentials.email);
  expect(await requestReset(pool, credentials.email)).toEqual(response);
  expect(pool.mail).toHaveLength(1);
});

it('rejects an unknown and a disabled user', async () => {
  const { pool, credentials, code } = await resetRequested();
  await expect(reset(pool, newCredentials().email, code)).rejects.toMatchObject(mismatch);
  await pool.users.disable(credentials.email);
  await expect(reset(pool, credentials.email, code)).rejects.toMatchObject(mismatch);
});

it('rejects an unconfirmed user', async () => {
  const pool = await startPool({ registration: 'confirm' });
  const { email } = await pool.register();
  await expect(requestReset(pool, email)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  await expect(reset(pool, email, pool.mail.at(-1)?.code ?? '')).rejects.toMatchObject(expired);
});

it('rejects a wrong code, and any code if none was sent', async () => {
  const { pool, credentials, code } = await resetRequested();
  await expect(reset(pool, credentials.email, otherThan(code))).rejects.toMatchObject(mismatch);
  const bob = await pool.register();
  await expect(reset(pool, bob.email, code)).rejects.toMatchObject(expired);
});

it('accepts a code for an hour', async () => {
  const { pool, credentials, code } = await resetRequested();
  pool.passes(HOUR_MS - 1);
  await expect(reset(pool, credentials.email, otherThan(code))).rejects.toMatchObject(mismatch);
  pool.passes(1);
  await expect(reset(pool, credentials.email, code)).rejects.toMatchObject(expired);
});

it('leaves the code valid if the new password is too weak', async () => {
  const { pool, credentials, code } = await resetRequested();
  const weak = reset(pool, credentials.email, code, 'canary7');
  await expect(weak).rejects.toMatchObject({ name: 'InvalidPasswordException' });
  await reset(pool, credentials.email, code);
});

it('rejects all codes for an hour after five wrong ones', async () => {
  const { pool, credentials, code } = await resetRequested();
  for (let round = 0; round < 5; round++) {
    await expect(reset(pool, credentials.email, otherThan(code))).rejects.toMatchObject(mismatch);
  }
  const tooMany = { name: 'LimitExceededException' };
  await expect(reset(pool, credentials.email, code)).rejects.toMatchObject(tooMany);
  await requestReset(pool, credentials.email);
  await expect(reset(pool, credentials.email, pool.mail.at(-1)?.code ?? '')).rejects.toMatchObject(tooMany);
  pool.passes(HOUR_MS - 1);
  await expect(reset(pool, credentials.email, pool.mail.at(-1)?.code ?? '')).rejects.toMatchObject(tooMany);
  pool.passes(1);
  await requestReset(pool, credentials.email);
  await reset(pool, credentials.email, pool.mail.at(-1)?.code ?? '');
});

it('resets the count of wrong codes after a right one', async () => {
  const { pool, credentials, code } = await resetRequested();
  const guess = (right: string) => reset(pool, credentials.email, otherThan(right));
  for (let round = 0; round < 4; round++) await expect(guess(code)).rejects.toMatchObject(mismatch);
  await reset(pool, credentials.email, code);
  await requestReset(pool, credentials.email);
  const next = pool.mail.at(-1)?.code ?? '';
  for (let round = 0; round < 4; round++) await expect(guess(next)).rejects.toMatchObject(mismatch);
  await reset(pool, credentials.email, next);
});

it('does not end sessions, like Cognito', async () => {
  const pool = await startPool();
  const { email, tokens } = await loggedInAt(pool);
  await requestReset(pool, email);
  await reset(pool, email, pool.mail.at(-1)?.code ?? '');
  await pool.refresh(tokens.refresh);
});
