import type { Identity } from '@async-chatbot/core/ports/identity';
import { problems } from '@async-chatbot/shared/problems';
import { describe, expect, it } from 'vitest';
import { newCredentials } from '../support/requests/client.ts';
import { token } from '../support/requests/tokens.ts';
import { fakeCognito } from '../support/servers/fake-cognito.ts';
import { testDeps } from '../support/servers/server.ts';
import { type CognitoOperation, ERROR_MAP } from './error-map.ts';
import { deviationOf, expectedOutcome } from './error-map-deviations.ts';
import { outcomeOf } from './outcome.ts';

const { email, password } = newCredentials();
const code = '000000';

const REQUESTS: Record<CognitoOperation | 'RevokeToken', (identity: Identity) => Promise<unknown>> = {
  SignUp: (identity) => identity.register({ email, password }),
  ConfirmSignUp: (identity) => identity.confirm({ email, code }),
  ResendConfirmationCode: (identity) => identity.resendConfirmation(email),
  ForgotPassword: (identity) => identity.forgotPassword(email),
  ConfirmForgotPassword: (identity) => identity.resetPassword({ email, code, password }),
  InitiateAuth: (identity) => identity.login({ email, password }),
  GetTokensFromRefreshToken: (identity) => identity.refresh({ refreshToken: 'canary' }),
  RevokeToken: (identity) => identity.logout({ refreshToken: 'canary' }),
  ChangePassword: (identity) =>
    identity.changePassword({ accessToken: token() }, { current_password: password, new_password: 'canary-2' }),
};

async function failingIdentity(failing: string, error: object) {
  const endpoint = await fakeCognito((operation) =>
    operation === failing ? { ...error } : { UserAttributes: [{ Name: 'email', Value: email }] },
  );
  return testDeps({ AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: endpoint, REGISTRATION: 'confirm' }).identity;
}

const cases = ERROR_MAP.flatMap(({ names, from, ...reference }) =>
  names.flatMap((name) => from.map((operation) => ({ name, operation, reference }))),
);

describe('the adapter', () => {
  it.each(cases)('maps $name from $operation as documented', async ({ name, operation }) => {
    const identity = await failingIdentity(operation, { __type: name, message: 'canary' });
    expect(await outcomeOf(REQUESTS[operation](identity))).toBe(expectedOutcome(name, operation));
  });

  it('logs out whatever Cognito responds', async () => {
    for (const __type of new Set([...cases.map(({ name }) => name), 'UnsupportedTokenTypeException'])) {
      const identity = await failingIdentity('RevokeToken', { __type });
      expect(await outcomeOf(REQUESTS.RevokeToken(identity)), __type).toBe('success');
    }
  });
});

describe('the map', () => {
  it('has one entry for each operation and error', () => {
    const pairs = cases.map(({ name, operation }) => `${name} from ${operation}`);
    expect(pairs.filter((pair, index) => pairs.indexOf(pair) !== index)).toEqual([]);
  });

  it('has the status of each problem, and each override changes something', () => {
    for (const { name, operation, reference } of cases) {
      const outcome = expectedOutcome(name, operation) ?? 'success';
      const status = outcome === 'success' ? 202 : problems[outcome].status;
      const matchesReference = outcome === reference.outcome && status === reference.status;
      expect(matchesReference, `${name} from ${operation}`).toBe(deviationOf(name, operation) === undefined);
    }
  });
});
