/** How every error of the AWS SDK is mapped, on its own and in every operation that calls Cognito. */

import type { OperationId } from '@async-chatbot/core/operation';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, it } from 'vitest';
import { COGNITO_CODES, cognitoProblem } from '../../src/cognito/problems.ts';
import { connect } from '../support/requests/client.ts';
import { sampleRequest } from '../support/requests/sample-requests.ts';
import { token } from '../support/requests/tokens.ts';
import { fakeCognito } from '../support/servers/fake-cognito.ts';
import { startServer, testDeps } from '../support/servers/server.ts';

const { CognitoIdentityProviderServiceException: Base, ...exported } = sdk;
const exceptions = Object.entries(exported)
  .filter(([, value]) => typeof value === 'function' && value.prototype instanceof Base)
  .map(([name]) => name);

const named = (name: string, message = 'canary'): Error => Object.assign(new Error(message), { name });
const codeOf = (error: unknown) => cognitoProblem(error, {}, '/password').code;

it('every exception that the SDK exports is mapped explicitly', () => {
  expect(exceptions.length).toBeGreaterThan(50);
  expect(exceptions.filter((name) => !COGNITO_CODES[name])).toEqual([]);
  expect(Object.keys(COGNITO_CODES).filter((name) => !exceptions.includes(name))).toEqual([]);
});

it.each([
  ['an unknown error', named('SomethingNewException'), 'service-unavailable'],
  ['a timeout', named('TimeoutError'), 'service-unavailable'],
  ['a value that is not an error', 'canary', 'service-unavailable'],
  ['a limit for one user', named('LimitExceededException'), 'too-many-requests'],
  ['a limit for the whole pool', named('TooManyRequestsException'), 'service-unavailable'],
  ['a firewall', named('ForbiddenException'), 'rejected-by-policy'],
  ['a trigger', named('UserLambdaValidationException'), 'rejected-by-policy'],
])('%s has its problem code', (_label, error, code) => {
  expect(codeOf(error)).toBe(code);
});

it('a wrong app client secret is not reported as a wrong password', () => {
  const codes = { NotAuthorizedException: 'invalid-credentials' } as const;
  const problem = (message: string) =>
    cognitoProblem(named('NotAuthorizedException', message), codes, '/password').code;
  expect(problem('Unable to verify secret hash for client chatbot')).toBe('service-unavailable');
  expect(problem('Client chatbot is configured with secret but SECRET_HASH was not received')).toBe(
    'service-unavailable',
  );
  expect(problem('Incorrect username or password.')).toBe('invalid-credentials');
});

it('no problem repeats Cognito’s message', () => {
  for (const name of exceptions)
    expect(JSON.stringify(cognitoProblem(named(name), {}, '/password').toDocument('id'))).not.toContain('canary');
});

describe('in every operation that calls Cognito', () => {
  const CALLERS: OperationId[] = [
    'registerUser',
    'confirmUser',
    'resendConfirmation',
    'loginUser',
    'refreshSession',
    'logoutUser',
    'logoutEverywhere',
    'forgotPassword',
    'resetPassword',
    'getCurrentUser',
    'changePassword',
    'deleteCurrentUser',
    'exportData',
  ];

  it('every exception becomes a documented response, and never a 500', async () => {
    let __type = '';
    const endpoint = await fakeCognito(() => ({ __type, message: 'canary' }));
    const baseUrl = await startServer(testDeps({ AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: endpoint }));

    const send = async (id: OperationId) => {
      const client = connect(baseUrl);
      client.jar.set('access_token', token());
      client.jar.set('refresh_token', 'canary');
      // The client validates every response against the spec.
      const { status } = await sampleRequest(id, client);
      expect(status, `${id} ${__type}`).not.toBe(500);
    };

    for (__type of [...exceptions, 'SomethingNewException']) await Promise.all(CALLERS.map(send));
  }, 60_000);
});
