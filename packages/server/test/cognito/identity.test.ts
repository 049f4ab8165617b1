import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { REQUEST_MS } from '../../src/request-context.ts';
import { newCredentials } from '../support/requests/client.ts';
import { fakeCognito } from '../support/servers/fake-cognito.ts';
import { quickCognito } from '../support/servers/quick-cognito.ts';
import { testDeps } from '../support/servers/server.ts';

const identityOf = (environment: Record<string, string>) => testDeps(environment).identity;

/** An emulator for one test, whose app client may have a secret. */
async function ownCognito(secret?: string) {
  const folder = await mkdtemp(join(tmpdir(), 'chatbot-cognito-'));
  const cognito = await quickCognito(folder, { ...(secret && { secret }) });
  onTestFinished(async () => {
    await cognito.close();
    await rm(folder, { recursive: true });
  });
  return cognito;
}

it('sends the secret hash if the app client has a secret', async () => {
  const cognito = await ownCognito('canary-secret');
  const credentials = newCredentials();
  const identity = identityOf(cognito.environment);
  await identity.register(credentials);
  const session = await identity.login(credentials);
  expect(await identity.emailOf(session)).toBe(credentials.email);

  const withoutSecret = identityOf({ ...cognito.environment, COGNITO_APP_CLIENT_SECRET: '' });
  await expect(withoutSecret.login(credentials)).rejects.toThrow();
});

it('clears the time limit of a call that runs to completion', async () => {
  const { environment } = await ownCognito();
  const identity = identityOf(environment);
  const credentials = newCredentials();
  await identity.register(credentials);
  const session = await identity.login(credentials);
  const set = vi.spyOn(globalThis, 'setTimeout');
  const clear = vi.spyOn(globalThis, 'clearTimeout');
  onTestFinished(() => void vi.restoreAllMocks());
  await identity.refresh(session);
  const limits = set.mock.results.filter((_, call) => set.mock.calls[call]?.[1] === REQUEST_MS);
  expect(limits).toHaveLength(1);
  expect(clear).toHaveBeenCalledWith(limits[0]?.value);
});

it.each([
  [
    'InvalidPasswordException',
    { code: 'validation-failed', errors: [expect.objectContaining({ pointer: '/password' })] },
  ],
  ['PasswordHistoryPolicyViolationException', { code: 'validation-failed' }],
  ['InvalidParameterException', { code: 'validation-failed' }],
  ['UsernameExistsException', { code: 'email-taken' }],
  ['NotAuthorizedException', { code: 'rejected-by-policy' }],
  ['TooManyRequestsException', { code: 'service-unavailable' }],
  ['InternalErrorException', { code: 'service-unavailable' }],
  ['ResourceNotFoundException', { code: 'service-unavailable' }],
  ['SomethingNewException', { code: 'service-unavailable' }],
])('a registration that Cognito rejects with %s becomes a specific problem', async (__type, problem) => {
  const identity = identityOf({
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: await fakeCognito({ __type, message: 'canary' }),
  });
  await expect(identity.register(newCredentials())).rejects.toMatchObject({ name: 'Problem', ...problem });
});

it.each([
  ['has revoked', 'NotAuthorizedException'],
  ['cannot read', 'InvalidParameterException'],
  ['has no user for', 'UserNotFoundException'],
])('a token that Cognito %s is rejected', async (_label, __type) => {
  const credentials = newCredentials();
  const identity = identityOf({});
  await identity.register(credentials);
  const session = await identity.login(credentials);

  const revoked = identityOf({ AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: await fakeCognito({ __type }) });
  await expect(revoked.emailOf(session)).rejects.toMatchObject({ code: 'unauthenticated' });
});
