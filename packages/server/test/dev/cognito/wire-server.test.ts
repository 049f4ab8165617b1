import { createHmac } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { CLIENT, poolFolder, startPool } from '../../support/servers/cognito-pool.ts';

const SECRET = 'canary-secret';
const Username = 'canary@example.com';
const Password = 'canary-1';
const ConfirmationCode = '000000';
const hashOf = (name: string) => createHmac('sha256', SECRET).update(`${name}chatbot`).digest('base64');

type Cognito = Awaited<ReturnType<typeof startPool>>['cognito'];

/** Every operation that takes a username, called with a secret hash. */
const HASHED: [string, (cognito: Cognito, SecretHash?: string) => Promise<unknown>][] = [
  ['SignUp', (cognito, SecretHash) => cognito.signUp({ ...CLIENT, Username, Password, SecretHash })],
  [
    'ConfirmSignUp',
    (cognito, SecretHash) => cognito.confirmSignUp({ ...CLIENT, Username, ConfirmationCode, SecretHash }),
  ],
  [
    'ResendConfirmationCode',
    (cognito, SecretHash) => cognito.resendConfirmationCode({ ...CLIENT, Username, SecretHash }),
  ],
  ['ForgotPassword', (cognito, SecretHash) => cognito.forgotPassword({ ...CLIENT, Username, SecretHash })],
  [
    'ConfirmForgotPassword',
    (cognito, SecretHash) =>
      cognito.confirmForgotPassword({ ...CLIENT, Username, ConfirmationCode, Password, SecretHash }),
  ],
  [
    'InitiateAuth',
    (cognito, SecretHash) => {
      const AuthParameters = { USERNAME: Username, PASSWORD: Password, ...(SecretHash && { SECRET_HASH: SecretHash }) };
      return cognito.initiateAuth({ ...CLIENT, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
    },
  ],
];
const INVALID_HASH = { name: 'NotAuthorizedException', message: 'Unable to verify secret hash for client chatbot' };

it.each(HASHED)('%s requires the secret hash if the client has a secret', async (_name, send) => {
  const { cognito } = await startPool({ secret: SECRET });
  await expect(send(cognito)).rejects.toMatchObject(INVALID_HASH);
  await expect(send(cognito, hashOf('other@example.com'))).rejects.toMatchObject(INVALID_HASH);
  const message = await send(cognito, hashOf(Username)).catch((error: Error) => error.message);
  expect(message).not.toBe(INVALID_HASH.message);
});

it.each(HASHED)('%s rejects a secret hash if the client has no secret', async (_name, send) => {
  const { cognito } = await startPool();
  await expect(send(cognito, hashOf(Username))).rejects.toMatchObject(INVALID_HASH);
});

it('requires the secret itself for refresh tokens', async () => {
  const { cognito } = await startPool({ secret: SECRET });
  await cognito.signUp({ ...CLIENT, Username, Password, SecretHash: hashOf(Username) });
  const AuthParameters = { USERNAME: Username, PASSWORD: Password, SECRET_HASH: hashOf(Username) };
  const login = await cognito.initiateAuth({ ...CLIENT, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
  const RefreshToken = login.AuthenticationResult?.RefreshToken;

  for (const ClientSecret of [undefined, 'canary-wrong', hashOf(Username)]) {
    const renewal = cognito.getTokensFromRefreshToken({ ...CLIENT, RefreshToken, ClientSecret });
    await expect(renewal).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    const revocation = cognito.revokeToken({ ...CLIENT, Token: RefreshToken, ClientSecret });
    await expect(revocation).rejects.toMatchObject({ name: 'UnauthorizedException' });
  }
  await cognito.getTokensFromRefreshToken({ ...CLIENT, RefreshToken, ClientSecret: SECRET });
  await cognito.revokeToken({ ...CLIENT, Token: RefreshToken, ClientSecret: SECRET });
});

it('rejects other clients', async () => {
  const { cognito } = await startPool();
  const request = cognito.forgotPassword({ ClientId: 'other', Username });
  await expect(request).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

it.each([
  ['ForgotPassword', { ClientId: 'chatbot' }, 400, 'InvalidParameterException'],
  ['ForgotPassword', { ClientId: 'chatbot', Username: 1 }, 400, 'InvalidParameterException'],
  ['ForgotPassword', { Username }, 400, 'InvalidParameterException'],
  ['GetTokensFromRefreshToken', { ClientId: 'chatbot', RefreshToken: 'canary' }, 400, 'NotAuthorizedException'],
  ['AdminDeleteUser', { Username }, 400, 'UnknownOperationException'],
  ['constructor', {}, 400, 'UnknownOperationException'],
])('responds to %s of %j with %i and the name of the error', async (target, request, status, __type) => {
  const { endpoint } = await startPool();
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${target}`,
    },
    body: JSON.stringify(request),
  });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ __type });
});

it.each(['', '{', 'null', '1'])('rejects the body %j', async (body) => {
  const { endpoint } = await startPool();
  const headers = { 'x-amz-target': 'AWSCognitoIdentityProviderService.ForgotPassword' };
  const { status } = await fetch(endpoint, { method: 'POST', headers, body });
  expect(status).toBe(400);
});

it.each([undefined, 'ForgotPassword', 'AWSCognitoIdentityProviderService.'])(
  'has no operation for %s',
  async (target) => {
    const { endpoint } = await startPool();
    const headers = { ...(target && { 'x-amz-target': target }) };
    const response = await fetch(endpoint, { method: 'POST', headers, body: '{}' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: 'UnknownOperationException' });
  },
);

it.each([null, 'canary', []])('rejects a login with the parameters %j', async (AuthParameters) => {
  const { endpoint } = await startPool();
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth' },
    body: JSON.stringify({ ClientId: 'chatbot', AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
  });
  expect(await response.json()).toMatchObject({ __type: 'InvalidParameterException' });
});

it('responds with 500 if the state cannot be stored', async () => {
  const folder = await poolFolder();
  const { cognito } = await startPool({ folder });
  await rm(folder, { recursive: true });
  await writeFile(folder, '');
  const signUp = cognito.signUp({ ...CLIENT, Username, Password });
  await expect(signUp).rejects.toMatchObject({ name: 'InternalErrorException' });
});
