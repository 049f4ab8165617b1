import { newCredentials } from '../requests/client.ts';
import { type CostCase, caseOf, sendMany } from './cost-case.ts';
import type { CostServer } from './cost-server.ts';

const user = caseOf('keyword');
const anyone = (
  operation: CostCase['operation'],
  variant: string,
  prepare: CostCase['prepare'],
  kind: CostCase['kind'] = 'keyword',
): CostCase => ({ operation, variant, kind, prepare });

/** Accounts, sessions and the server itself. */
export const accountCases: CostCase[] = [
  anyone('registerUser', '', async (server) => () => register(server)),
  anyone(
    'confirmUser',
    '',
    async (server) => {
      const { email } = await register(server);
      const json = { email, code: server.lastCode() };
      return () => server.anonymous().call('POST', '/users/confirm', { json });
    },
    'confirm',
  ),
  anyone(
    'resendConfirmation',
    '',
    async (server) => {
      const { email } = await register(server);
      return () => server.anonymous().call('POST', '/users/confirm/resend', { json: { email } });
    },
    'confirm',
  ),
  anyone('loginUser', '', async (server) => {
    const json = await register(server);
    return () => server.anonymous().call('POST', '/users/login', { json });
  }),
  anyone('loginUser', 'the second within a minute', async (server) => {
    const json = await register(server);
    const headers = { 'x-forwarded-for': '2001:db8::1' };
    const login = () => server.anonymous().call('POST', '/users/login', { json, headers });
    await login();
    return login;
  }),
  user(
    'refreshSession',
    '',
    async ({ call }) =>
      () =>
        call('POST', '/users/refresh'),
  ),
  user(
    'logoutUser',
    '',
    async ({ call }) =>
      () =>
        call('POST', '/users/logout'),
  ),
  user(
    'logoutEverywhere',
    '',
    async ({ call }) =>
      () =>
        call('POST', '/users/logout/everywhere'),
  ),
  anyone('forgotPassword', '', async (server) => {
    const { email } = await register(server);
    return () => server.anonymous().call('POST', '/users/password/forgot', { json: { email } });
  }),
  anyone('resetPassword', '', async (server) => {
    const { email, password } = await register(server);
    const { call } = server.anonymous();
    await call('POST', '/users/password/forgot', { json: { email } });
    const json = { email, code: server.lastCode(), password: `${password}-new` };
    return () => call('POST', '/users/password/reset', { json });
  }),
  user('changePassword', '', async ({ call, credentials: { password } }) => {
    const json = { current_password: password, new_password: `${password}-new` };
    return () => call('PUT', '/users/me/password', { json });
  }),
  user(
    'getCurrentUser',
    '',
    async ({ call }) =>
      () =>
        call('GET', '/users/me'),
  ),
  user(
    'deleteCurrentUser',
    'without messages',
    async ({ call }) =>
      () =>
        call('DELETE', '/users/me'),
  ),
  user('deleteCurrentUser', '20 messages', async (ada) => {
    await sendMany(ada, 10);
    return () => ada.call('DELETE', '/users/me');
  }),
  anyone('getHealth', '', async (server) => () => server.anonymous().call('GET', '/health')),
  anyone('getReadiness', '', async (server) => () => server.anonymous().call('GET', '/ready')),
];

async function register(server: CostServer) {
  const json = newCredentials();
  await server.anonymous().call('POST', '/users/register', { json });
  return json;
}
